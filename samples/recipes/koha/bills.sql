-- Koha: bills.csv. A fine that is still growing has its present amount, and does not grow in offcirc, because
-- charges.csv has no rule for it.
SELECT a.accountlines_id AS bill_id,
       b.cardnumber AS user_id,
       i.barcode AS item_id,
       COALESCE(a.debit_type_code, 'CREDIT') AS reason,
       ROUND(a.amountoutstanding, 2) AS amount,
       COALESCE(a.branchcode, b.branchcode) AS library,
       REPLACE(a.date, ' ', 'T') AS billed_at
FROM accountlines a JOIN borrowers b ON b.borrowernumber = a.borrowernumber
     LEFT JOIN items i ON i.itemnumber = a.itemnumber
WHERE ROUND(a.amountoutstanding, 2) <> 0 AND b.cardnumber <> ''
ORDER BY a.accountlines_id;
