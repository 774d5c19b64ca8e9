-- Evergreen: bills.csv, one row for each transaction with a balance. A fine that is still growing has its present
-- amount, and does not grow in offcirc, because charges.csv has no rule for it.
SET TIME ZONE :'zone';
SELECT owed.id AS bill_id,
       card.barcode AS user_id,
       cp.barcode AS item_id,
       COALESCE(owed.last_billing_type, 'BILL') AS reason,
       owed.balance_owed AS amount,
       COALESCE(circ_lib.shortname, grocery_lib.shortname, home.shortname) AS library,
       to_char(COALESCE(owed.last_billing_ts, owed.xact_start), 'YYYY-MM-DD"T"HH24:MI:SS') AS billed_at
FROM money.materialized_billable_xact_summary owed
JOIN actor.usr u ON u.id = owed.usr
JOIN actor.card card ON card.id = u.card
JOIN actor.org_unit home ON home.id = u.home_ou
LEFT JOIN action.circulation circ ON circ.id = owed.id
LEFT JOIN asset.copy cp ON cp.id = circ.target_copy AND NOT cp.deleted
LEFT JOIN actor.org_unit circ_lib ON circ_lib.id = circ.circ_lib
LEFT JOIN money.grocery grocery ON grocery.id = owed.id
LEFT JOIN actor.org_unit grocery_lib ON grocery_lib.id = grocery.billing_location
WHERE owed.balance_owed <> 0 AND NOT u.deleted
ORDER BY owed.id;
