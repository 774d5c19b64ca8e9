-- Koha: items.csv. The meaning of items.itemlost is defined by your authorized values LOST; these are the ones that
-- Koha comes with. Whether an item is checked out, in transit, or on the hold shelf is not in items but in issues,
-- branchtransfers, and reserves. The home location is permanent_location, because location is CART until the item is
-- shelved. The last action is the latest checkout, renewal, or check-in, because a load rejects earlier transactions.
-- datelastseen is not used, because taking inventory also sets it.
SELECT i.barcode AS item_id,
       i.biblionumber AS title_id,
       t.title AS title,
       i.itemcallnumber AS call_number,
       i.itype AS item_type,
       i.homebranch AS library,
       COALESCE(NULLIF(i.permanent_location, ''), NULLIF(i.location, ''), 'GEN') AS home_location,
       CASE WHEN i.itemlost = 4 THEN 'MISSING'
            WHEN i.itemlost <> 0 THEN 'LOST'
            WHEN EXISTS (SELECT 1 FROM issues c WHERE c.itemnumber = i.itemnumber) THEN 'CHECKEDOUT'
            WHEN EXISTS (SELECT 1 FROM branchtransfers m WHERE m.itemnumber = i.itemnumber AND m.datesent IS NOT NULL
                         AND m.datearrived IS NULL AND m.datecancelled IS NULL) THEN 'INTRANSIT'
            WHEN EXISTS (SELECT 1 FROM reserves h WHERE h.itemnumber = i.itemnumber AND h.found = 'P') THEN 'INTRANSIT'
            WHEN EXISTS (SELECT 1 FROM reserves h WHERE h.itemnumber = i.itemnumber AND h.found = 'W') THEN 'HOLDS'
            ELSE COALESCE(NULLIF(i.location, ''), NULLIF(i.permanent_location, ''), 'GEN') END AS current_location,
       i.replacementprice AS price,
       REPLACE(a.newest, ' ', 'T') AS last_action_at,
       CASE WHEN a.newest IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM issues c WHERE c.itemnumber = i.itemnumber) THEN 'Checked out'
            ELSE 'Checked in' END AS last_action
FROM items i JOIN biblio t ON t.biblionumber = i.biblionumber
LEFT JOIN (SELECT itemnumber, MAX(moment) AS newest
           FROM (SELECT itemnumber, issuedate AS moment FROM issues
                 UNION ALL SELECT itemnumber, lastreneweddate FROM issues
                 UNION ALL SELECT itemnumber, issuedate FROM old_issues
                 UNION ALL SELECT itemnumber, lastreneweddate FROM old_issues
                 UNION ALL SELECT itemnumber, returndate FROM old_issues) actions
           GROUP BY itemnumber) a ON a.itemnumber = i.itemnumber
WHERE i.barcode <> ''
ORDER BY i.barcode;
