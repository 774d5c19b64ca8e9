-- Koha: holds.csv. Suspended holds are left out, because they claim nothing. The copy of a title-level hold is the one
-- that was trapped for it. While that copy is being processed (P), it counts as in transit.
SELECT h.reserve_id AS hold_id,
       CASE WHEN h.item_level_hold = 1 THEN 'item' ELSE 'title' END AS level,
       h.biblionumber AS title_id,
       i.barcode AS item_id,
       b.cardnumber AS user_id,
       h.branchcode AS pickup_library,
       REPLACE(h.reservedate, ' ', 'T') AS placed_at,
       CASE h.found WHEN 'W' THEN 'on-shelf' WHEN 'T' THEN 'in-transit' WHEN 'P' THEN 'in-transit' ELSE 'waiting' END AS status,
       h.expirationdate AS expires_on
FROM reserves h JOIN borrowers b ON b.borrowernumber = h.borrowernumber
     LEFT JOIN items i ON i.itemnumber = h.itemnumber
WHERE h.suspend = 0 AND b.cardnumber <> '' AND (h.item_level_hold = 0 OR i.barcode <> '')
ORDER BY h.reserve_id;
