-- Evergreen: users.csv. Profiles are permission groups. Evergreen treats inactive users like barred ones.
SET TIME ZONE :'zone';
SELECT card.barcode AS user_id,
       grp.name AS profile,
       home.shortname AS library,
       u.family_name AS last_name,
       u.first_given_name AS first_name,
       u.second_given_name AS middle_name,
       to_char(u.dob, 'YYYY-MM-DD') AS birth_date,
       u.email AS email,
       u.day_phone AS phone,
       (SELECT string_agg(other.barcode, ';' ORDER BY other.barcode) FROM actor.card other
        WHERE other.usr = u.id AND other.id <> u.card AND other.active) AS alternate_ids,
       (SELECT string_agg(other.barcode, ';' ORDER BY other.barcode) FROM actor.card other
        WHERE other.usr = u.id AND other.id <> u.card AND NOT other.active) AS inactive_ids,
       CASE WHEN u.barred OR NOT u.active THEN 'true' ELSE 'false' END AS barred,
       to_char(u.expire_date, 'YYYY-MM-DD') AS expires_on,
       u.claims_returned_count AS claims_returned,
       to_char(u.create_date, 'YYYY-MM-DD') AS registered_on
FROM actor.usr u
JOIN actor.card card ON card.id = u.card
JOIN permission.grp_tree grp ON grp.id = u.profile
JOIN actor.org_unit home ON home.id = u.home_ou
WHERE NOT u.deleted
ORDER BY card.barcode;
