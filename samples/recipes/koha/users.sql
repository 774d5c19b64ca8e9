-- Koha: users.csv. Koha does not count claims of return: they are in return_claims and go into charges.csv. A lost card
-- or a wrong address stops checkouts, as a restriction does, which ends on the date in debarred.
SELECT b.cardnumber AS user_id,
       b.categorycode AS profile,
       b.branchcode AS library,
       b.surname AS last_name,
       b.firstname AS first_name,
       b.othernames AS alternate_name,
       b.dateofbirth AS birth_date,
       b.email AS email,
       b.phone AS phone,
       CASE WHEN b.debarred > CURRENT_DATE OR b.lost = 1 OR b.gonenoaddress = 1 THEN 'true' ELSE 'false' END AS barred,
       b.dateexpiry AS expires_on,
       b.dateenrolled AS registered_on
FROM borrowers b
WHERE b.cardnumber <> ''
ORDER BY b.cardnumber;
