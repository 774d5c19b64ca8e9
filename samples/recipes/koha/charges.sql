-- Koha: charges.csv. Before 22.11, renewals_count is called renewals. Items without a barcode and users without a card
-- number are left out.
SELECT i.barcode AS item_id,
       b.cardnumber AS user_id,
       c.branchcode AS library,
       REPLACE(c.issuedate, ' ', 'T') AS charged_at,
       COALESCE(REPLACE(c.date_due, ' ', 'T'), 'NEVER') AS due_at,
       c.renewals_count AS renewals,
       (SELECT MAX(SUBSTR(r.created_on, 1, 10)) FROM return_claims r
        WHERE r.issue_id = c.issue_id AND r.resolved_on IS NULL) AS claims_returned_on
FROM issues c JOIN items i ON i.itemnumber = c.itemnumber JOIN borrowers b ON b.borrowernumber = c.borrowernumber
WHERE i.barcode <> '' AND b.cardnumber <> ''
ORDER BY i.barcode;
