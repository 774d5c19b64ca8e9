-- Evergreen: charges.csv. A renewal is a separate circulation that refers to the previous one.
SET TIME ZONE :'zone';
WITH RECURSIVE chain(circ, parent, renewals) AS (
  SELECT id, parent_circ, 0 FROM action.circulation WHERE checkin_time IS NULL
  UNION ALL
  SELECT chain.circ, earlier.parent_circ, chain.renewals + 1
  FROM chain JOIN action.circulation earlier ON earlier.id = chain.parent)
SELECT cp.barcode AS item_id,
       card.barcode AS user_id,
       lib.shortname AS library,
       to_char(circ.xact_start, 'YYYY-MM-DD"T"HH24:MI:SS') AS charged_at,
       COALESCE(to_char(circ.due_date, 'YYYY-MM-DD"T"HH24:MI:SS'), 'NEVER') AS due_at,
       (SELECT MAX(renewals) FROM chain WHERE chain.circ = circ.id) AS renewals,
       CASE circ.stop_fines WHEN 'CLAIMSRETURNED' THEN to_char(circ.stop_fines_time, 'YYYY-MM-DD') END AS claims_returned_on
FROM action.circulation circ
JOIN asset.copy cp ON cp.id = circ.target_copy
JOIN actor.usr u ON u.id = circ.usr
JOIN actor.card card ON card.id = u.card
JOIN actor.org_unit lib ON lib.id = circ.circ_lib
WHERE circ.checkin_time IS NULL AND NOT cp.deleted AND NOT u.deleted
ORDER BY cp.barcode;
