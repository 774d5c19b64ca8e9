-- Evergreen: holds.csv. Holds on a title (T) and on a copy (C, R, F) are included; a hold on a volume (V) counts as one
-- on its title. Metarecord (M) and part holds are left out, because offcirc has no equivalent. Frozen holds and holds
-- on a deleted copy are left out as well; a hold whose captured copy was deleted is waiting again.
SET TIME ZONE :'zone';
SELECT h.id AS hold_id,
       CASE WHEN h.hold_type IN ('C', 'R', 'F') THEN 'item' ELSE 'title' END AS level,
       CASE h.hold_type WHEN 'T' THEN h.target WHEN 'V' THEN volume.record ELSE of_copy.record END AS title_id,
       COALESCE(copy.barcode, captured.barcode) AS item_id,
       card.barcode AS user_id,
       pickup.shortname AS pickup_library,
       to_char(h.request_time, 'YYYY-MM-DD"T"HH24:MI:SS') AS placed_at,
       CASE WHEN captured.id IS NULL THEN 'waiting' WHEN h.shelf_time IS NOT NULL THEN 'on-shelf' ELSE 'in-transit' END AS status,
       to_char(h.expire_time, 'YYYY-MM-DD') AS expires_on
FROM action.hold_request h
JOIN actor.usr u ON u.id = h.usr
JOIN actor.card card ON card.id = u.card
JOIN actor.org_unit pickup ON pickup.id = h.pickup_lib
LEFT JOIN asset.call_number volume ON h.hold_type = 'V' AND volume.id = h.target
LEFT JOIN asset.copy copy ON h.hold_type IN ('C', 'R', 'F') AND copy.id = h.target AND NOT copy.deleted
LEFT JOIN asset.call_number of_copy ON of_copy.id = copy.call_number
LEFT JOIN asset.copy captured ON h.capture_time IS NOT NULL AND captured.id = h.current_copy AND NOT captured.deleted
WHERE (h.hold_type IN ('T', 'V') OR copy.id IS NOT NULL) AND h.fulfillment_time IS NULL AND h.cancel_time IS NULL
  AND NOT h.frozen AND NOT u.deleted
ORDER BY h.id;
