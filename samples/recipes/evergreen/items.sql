-- Evergreen: items.csv. The statuses are the ones that Evergreen comes with; any other becomes a location of the same
-- name. An item that was never cataloged has its title in dummy_title. The last action is the latest checkout, renewal,
-- or check-in, because a load rejects earlier transactions. status_changed_time is not used: a job also sets it, hours
-- after a check-in.
SET TIME ZONE :'zone';
SELECT cp.barcode AS item_id,
       cn.record AS title_id,
       COALESCE(bib.title, cp.dummy_title) AS title,
       cn.label AS call_number,
       cp.circ_modifier AS item_type,
       lib.shortname AS library,
       loc.name AS home_location,
       CASE cp.status WHEN 0 THEN loc.name WHEN 7 THEN loc.name
            WHEN 1 THEN 'CHECKEDOUT' WHEN 3 THEN 'LOST' WHEN 4 THEN 'MISSING' WHEN 6 THEN 'INTRANSIT' WHEN 8 THEN 'HOLDS'
            WHEN 16 THEN 'LOST-ASSUM' WHEN 17 THEN 'LOST-PAID' ELSE status.name END AS current_location,
       cp.price AS price,
       to_char(GREATEST(actions.checkout, actions.checkin), 'YYYY-MM-DD"T"HH24:MI:SS') AS last_action_at,
       CASE WHEN actions.checkout IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM action.circulation o WHERE o.target_copy = cp.id AND o.checkin_time IS NULL)
            THEN 'Checked out' ELSE 'Checked in' END AS last_action
FROM asset.copy cp
JOIN asset.call_number cn ON cn.id = cp.call_number
JOIN asset.copy_location loc ON loc.id = cp.location
JOIN actor.org_unit lib ON lib.id = cp.circ_lib
JOIN config.copy_status status ON status.id = cp.status
LEFT JOIN (SELECT target_copy, MAX(xact_start) AS checkout, MAX(COALESCE(checkin_scan_time, checkin_time)) AS checkin
           FROM action.circulation GROUP BY target_copy) actions ON actions.target_copy = cp.id
LEFT JOIN reporter.materialized_simple_record bib ON bib.id = cn.record
WHERE NOT cp.deleted
ORDER BY cp.barcode;
