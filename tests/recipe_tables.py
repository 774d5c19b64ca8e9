"""For test_recipes.py: the tables and columns that the recipes read, with invented rows, and the expected output."""

KOHA = """
CREATE TABLE borrowers (borrowernumber, cardnumber, categorycode, branchcode, surname, firstname, othernames, dateofbirth,
                        email, phone, debarred, dateexpiry, dateenrolled, lost, gonenoaddress);
INSERT INTO borrowers VALUES
  (1, '21221000000015', 'PUBLIC', 'OSH', 'Marchmont', 'Otis', NULL, '1947-09-02', 'otis@example.org', '555-0191', NULL,
   '2028-05-20', '2021-09-26', NULL, NULL),
  (2, '21221000000023', 'PUBLIC', 'NEE', 'Kettlewell, the Elder', 'Rhea', 'Ray\tK', NULL, NULL, NULL, '9999-12-31', NULL, NULL,
   0, 0),
  (3, NULL, 'PUBLIC', 'NEE', 'Without a Card', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, '21221000000031', 'PUBLIC', 'APP', 'Åström "Ö" O''Brien', 'Łucja', 'Line\r\nbreak', NULL, '', NULL, '2020-01-01',
   '2028-01-01', '2020-01-01', 1, NULL),
  (5, '21221000000049', 'PUBLIC', 'APP', '陳', '美玲', '\\n', NULL, NULL, NULL, NULL, '2028-01-01', '2020-01-01', 0, 1);
CREATE TABLE biblio (biblionumber, title);
INSERT INTO biblio VALUES (1001, 'The "Wandering" Sparrow'), (1002, 'Back\\slash'), (1003, 'Lost and Found'), (1004, NULL);
CREATE TABLE items (itemnumber, biblionumber, barcode, itype, homebranch, location, itemcallnumber, replacementprice, itemlost,
                    datelastseen, permanent_location);
INSERT INTO items VALUES
  (1, 1001, '31221000000013', 'BK', 'OSH', 'STACKS', 'BOO 1', 13.95, 0, '2026-06-05 10:12:00', 'STACKS'),
  (2, 1001, '31221000000021', 'BK', 'NEE', NULL, 'BOO 1', NULL, 0, NULL, NULL),
  (3, 1002, '31221000000039', 'DVD', 'OSH', 'MEDIA', 'DVD 2', 22.50, 0, NULL, 'MEDIA'),
  (4, 1003, '31221000000047', 'BK', 'APP', 'STACKS', 'BOO 3', NULL, 4, NULL, 'STACKS'),
  (5, 1003, '31221000000054', 'BK', 'APP', 'STACKS', 'BOO 3', NULL, 1, NULL, 'STACKS'),
  (6, 1003, '31221000000062', 'BK', 'APP', 'STACKS', 'BOO 3', NULL, 0, NULL, 'STACKS'),
  (7, 1003, NULL, 'BK', 'APP', 'STACKS', 'BOO 3', NULL, 0, NULL, 'STACKS'),
  (8, 1004, '31221000000070', 'BK', 'APP', 'CART', NULL, NULL, 0, '2026-01-15 23:30:00', 'STACKS'),
  (9, 1004, '31221000000088', NULL, 'APP', '', NULL, NULL, 0, NULL, '');
CREATE TABLE issues (issue_id, borrowernumber, itemnumber, branchcode, issuedate, date_due, renewals_count, lastreneweddate);
INSERT INTO issues VALUES (1, 1, 1, 'OSH', '2026-06-05 10:12:00', '2026-06-19 23:59:00', 1, '2026-06-07 09:30:00'),
                          (2, 1, 5, 'APP', '2026-01-05 10:12:00', '2026-01-19 23:59:00', 0, NULL),
                          (3, 1, 7, 'APP', '2026-06-05 10:12:00', '2026-06-19 23:59:00', 0, NULL),
                          (4, 3, 4, 'APP', '2026-06-05 10:12:00', '2026-06-19 23:59:00', 0, NULL),
                          (5, 4, 2, 'NEE', '2026-06-05 10:12:00', NULL, 0, NULL);
CREATE TABLE old_issues (issue_id, itemnumber, issuedate, lastreneweddate, returndate);
INSERT INTO old_issues VALUES (11, 1, '2026-05-05 10:12:00', NULL, '2026-05-19 11:00:00'),
                              (12, 3, '2026-05-01 08:00:00', '2026-05-20 08:00:00', '2026-06-03 17:45:00'),
                              (13, 3, '2025-05-01 08:00:00', NULL, '2025-05-03 17:45:00'),
                              (14, 9, '2026-01-02 08:00:00', '2026-01-20 08:00:00', NULL);
CREATE TABLE return_claims (issue_id, created_on, resolved_on);
INSERT INTO return_claims VALUES (1, '2026-06-08 09:00:00', '2026-06-09 09:00:00'), (2, '2026-02-01 09:00:00', NULL);
CREATE TABLE branchtransfers (itemnumber, datesent, datearrived, datecancelled);
INSERT INTO branchtransfers VALUES (6, '2026-06-10 08:00:00', NULL, NULL), (2, '2026-06-01', '2026-06-02', NULL),
                                   (3, NULL, NULL, NULL);
CREATE TABLE reserves (reserve_id, borrowernumber, biblionumber, itemnumber, branchcode, reservedate, found, expirationdate,
                       suspend, item_level_hold);
INSERT INTO reserves VALUES (4711, 2, 1002, 3, 'NEE', '2026-06-01', 'W', '2026-12-31', 0, 0),
                            (4712, 2, 1001, NULL, 'NEE', '2026-06-02', NULL, NULL, 0, 0),
                            (4713, 2, 1003, 6, 'NEE', '2026-06-03', 'T', NULL, 0, 1),
                            (4714, 1, 1003, NULL, 'OSH', '2026-06-03', NULL, NULL, 1, 0),
                            (4715, 3, 1003, NULL, 'OSH', '2026-06-03', NULL, NULL, 0, 0),
                            (4716, 1, 1003, 7, 'OSH', '2026-06-03', NULL, NULL, 0, 1),
                            (4717, 4, 1004, 9, 'APP', '2026-06-04', 'P', NULL, 0, 0);
CREATE TABLE accountlines (accountlines_id, borrowernumber, itemnumber, date, amountoutstanding, debit_type_code, branchcode);
INSERT INTO accountlines VALUES (9001, 1, 5, '2026-03-31 18:20:00', 12.500000, 'LOST', 'OSH'),
                                (9002, 1, 1, '2026-03-31 18:20:00', 0.500000, 'OVERDUE', 'OSH'),
                                (9003, 2, NULL, '2026-04-01 09:00:00', -1.000000, NULL, NULL),
                                (9004, 2, NULL, '2026-04-01 09:00:00', 0, 'OVERDUE', NULL),
                                (9005, 2, NULL, '2026-04-01 09:00:00', 0.004, 'OVERDUE', NULL),
                                (9006, 3, NULL, '2026-04-01 09:00:00', 1, 'OVERDUE', NULL),
                                (9007, 1, 7, '2026-01-15 12:00:00', 1.256, 'Lost; "fee", x', NULL);
"""

KOHA_EXPECTED = {
    "users": [["user_id", "profile", "library", "last_name", "first_name", "alternate_name", "birth_date", "barred", "expires_on"],
              ["21221000000015", "PUBLIC", "OSH", "Marchmont", "Otis", "", "1947-09-02", "false", "2028-05-20"],
              ["21221000000023", "PUBLIC", "NEE", "Kettlewell, the Elder", "Rhea", "Ray K", "", "true", ""],
              ["21221000000031", "PUBLIC", "APP", 'Åström "Ö" O\'Brien', "Łucja", "Line break", "", "true", "2028-01-01"],
              ["21221000000049", "PUBLIC", "APP", "陳", "美玲", "\\n", "", "true", "2028-01-01"]],
    "items": [["item_id", "title_id", "title", "item_type", "home_location", "current_location", "price", "last_action_at",
               "last_action"],
              ["31221000000013", "1001", 'The "Wandering" Sparrow', "BK", "STACKS", "CHECKEDOUT", "13.95",
               "2026-06-07T09:30:00-05:00", "Checked out"],
              ["31221000000021", "1001", 'The "Wandering" Sparrow', "BK", "GEN", "CHECKEDOUT", "", "2026-06-05T10:12:00-05:00",
               "Checked out"],
              ["31221000000039", "1002", "Back\\slash", "DVD", "MEDIA", "HOLDS", "22.50", "2026-06-03T17:45:00-05:00",
               "Checked in"],
              ["31221000000047", "1003", "Lost and Found", "BK", "STACKS", "MISSING", "", "2026-06-05T10:12:00-05:00",
               "Checked out"],
              ["31221000000054", "1003", "Lost and Found", "BK", "STACKS", "LOST", "", "2026-01-05T10:12:00-06:00", "Checked out"],
              ["31221000000062", "1003", "Lost and Found", "BK", "STACKS", "INTRANSIT", "", "", ""],
              ["31221000000070", "1004", "", "BK", "STACKS", "CART", "", "", ""],
              ["31221000000088", "1004", "", "", "GEN", "INTRANSIT", "", "2026-01-20T08:00:00-06:00", "Checked in"]],
    "charges": [["item_id", "user_id", "library", "charged_at", "due_at", "renewals", "claims_returned_on"],
                ["31221000000013", "21221000000015", "OSH", "2026-06-05T10:12:00-05:00", "2026-06-19T23:59:00-05:00", "1", ""],
                ["31221000000021", "21221000000031", "NEE", "2026-06-05T10:12:00-05:00", "NEVER", "0", ""],
                ["31221000000054", "21221000000015", "APP", "2026-01-05T10:12:00-06:00", "2026-01-19T23:59:00-06:00", "0",
                 "2026-02-01"]],
    "holds": [["hold_id", "level", "title_id", "item_id", "user_id", "pickup_library", "status", "expires_on"],
              ["4711", "title", "1002", "31221000000039", "21221000000023", "NEE", "on-shelf", "2026-12-31"],
              ["4712", "title", "1001", "", "21221000000023", "NEE", "waiting", ""],
              ["4713", "item", "1003", "31221000000062", "21221000000023", "NEE", "in-transit", ""],
              ["4717", "title", "1004", "31221000000088", "21221000000031", "APP", "in-transit", ""]],
    "bills": [["bill_id", "user_id", "item_id", "reason", "amount", "library", "billed_at"],
              ["9001", "21221000000015", "31221000000054", "LOST", "12.50", "OSH", "2026-03-31T18:20:00-05:00"],
              ["9002", "21221000000015", "31221000000013", "OVERDUE", "0.50", "OSH", "2026-03-31T18:20:00-05:00"],
              ["9003", "21221000000023", "", "CREDIT", "-1.00", "NEE", "2026-04-01T09:00:00-05:00"],
              ["9007", "21221000000015", "", 'Lost; "fee", x', "1.26", "OSH", "2026-01-15T12:00:00-06:00"]],
}

EVERGREEN = """
CREATE TABLE actor.org_unit (id, shortname);
INSERT INTO actor.org_unit VALUES (101, 'OSH'), (102, 'NEE'), (103, 'APP');
CREATE TABLE permission.grp_tree (id, name);
INSERT INTO permission.grp_tree VALUES (2, 'PUBLIC');
CREATE TABLE actor.usr (id, card, profile, home_ou, family_name, first_given_name, second_given_name, dob, email, day_phone,
                        barred, expire_date, claims_returned_count, create_date, deleted, active);
INSERT INTO actor.usr VALUES
  (1, 11, 2, 101, 'Marchmont', 'Otis', 'Quill', '1947-09-02', 'otis@example.org', '555-0191', 0, '2028-05-20 00:00:00', 2,
   '2021-09-26 00:00:00', 0, 1),
  (2, 12, 2, 102, 'Kettlewell, the Elder', 'Rhea', NULL, NULL, NULL, NULL, 1, NULL, 0, NULL, 0, 1),
  (3, 13, 2, 102, 'Gone', 'Away', NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 1, 1),
  (4, 17, 2, 103, 'Åström "Ö" O''Brien', 'Łucja', 'Back\\slash', NULL, '', NULL, 0, '2028-01-01 12:00:00', 0, NULL, 0, 0),
  (5, NULL, 2, 103, 'Without', 'Card', NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 0, 1);
CREATE TABLE actor.card (id, usr, barcode, active);
INSERT INTO actor.card VALUES (11, 1, '21221000000015', 1), (12, 2, '21221000000023', 1), (13, 3, '21221000000031', 1),
  (14, 1, '21221000000049', 0), (15, 1, '21221000000056', 0), (16, 1, 'STAFF-1', 1),
  (17, 4, '21221000000064', 1), (18, 1, 'STAFF-0', 1);
CREATE TABLE asset.copy_location (id, name);
INSERT INTO asset.copy_location VALUES (1, 'Stacks'), (2, 'Media');
CREATE TABLE config.copy_status (id, name);
INSERT INTO config.copy_status VALUES (0, 'Available'), (1, 'Checked out'), (2, 'Bindery'), (3, 'Lost'), (4, 'Missing'),
  (6, 'In transit'), (7, 'Reshelving'), (8, 'On holds shelf'), (16, 'Long Overdue');
CREATE TABLE asset.call_number (id, record, label);
INSERT INTO asset.call_number VALUES (51, 1001, 'BOO 1'), (52, 1002, 'DVD 2'), (53, 1003, 'BOO 3'), (-1, -1, 'UNCATALOGED');
CREATE TABLE reporter.materialized_simple_record (id, title);
INSERT INTO reporter.materialized_simple_record VALUES (1001, 'The "Wandering" Sparrow'), (1002, 'Moon, Low; or, 月');
CREATE TABLE asset.copy (id, barcode, call_number, circ_lib, status, location, price, circ_modifier, status_changed_time, deleted,
                         dummy_title);
INSERT INTO asset.copy VALUES
  (1, '31221000000013', 51, 101, 1, 1, 13.95, 'book', '2026-06-05 10:12:00', 0, NULL),
  (2, '31221000000021', 51, 102, 7, 1, NULL, 'book', NULL, 0, NULL),
  (3, '31221000000039', 52, 101, 8, 2, 22.50, 'dvd', NULL, 0, NULL),
  (4, '31221000000047', 53, 103, 2, 1, NULL, NULL, NULL, 0, NULL),
  (5, '31221000000054', 53, 103, 6, 1, NULL, 'book', NULL, 0, NULL),
  (6, '31221000000062', 53, 103, 0, 1, NULL, 'book', NULL, 1, NULL),
  (7, '31221000000070', -1, 103, 16, 1, NULL, NULL, '2026-01-15 23:30:00', 0, 'Never Cataloged');
CREATE TABLE action.circulation (id, usr, target_copy, circ_lib, xact_start, due_date, checkin_time, parent_circ, stop_fines,
                                 stop_fines_time, checkin_scan_time);
INSERT INTO action.circulation VALUES
  (801, 1, 1, 101, '2026-05-05 10:12:00', '2026-05-19 23:59:59', '2026-05-19 11:00:00', NULL, 'RENEW', NULL,
   '2026-05-19 11:00:00'),
  (802, 1, 1, 101, '2026-05-19 11:00:00', '2026-06-02 23:59:59', '2026-06-02 11:00:00', 801, 'RENEW', NULL,
   '2026-06-02 11:00:00'),
  (803, 1, 1, 101, '2026-06-02 11:00:00', '2026-06-16 23:59:59', NULL, 802, NULL, NULL, NULL),
  (804, 2, 2, 102, '2026-05-02 11:00:00', NULL, NULL, NULL, 'CLAIMSRETURNED', '2026-06-01 09:00:00', NULL),
  (805, 2, 4, 103, '2026-05-02 11:00:00', '2026-05-16 23:59:59', '2026-05-18 12:00:00', NULL, 'CHECKIN', NULL,
   '2026-05-20 08:30:00'),
  (806, 4, 7, 103, '2026-01-02 11:00:00', '2026-01-16 23:59:59', NULL, NULL, 'LONGOVERDUE', '2026-03-01 00:00:00', NULL),
  (807, 5, 5, 103, '2026-01-02 11:00:00', '2026-01-16 23:59:59', NULL, NULL, NULL, NULL, NULL);
CREATE TABLE action.hold_request (id, usr, hold_type, target, current_copy, pickup_lib, request_time, capture_time, shelf_time,
                                  fulfillment_time, cancel_time, expire_time, frozen);
INSERT INTO action.hold_request VALUES
  (4711, 2, 'T', 1002, 3, 102, '2026-06-01 08:00:00', '2026-06-04 08:00:00', '2026-06-04 08:00:00', NULL, NULL,
   '2026-12-31 00:00:00', 0),
  (4712, 2, 'V', 51, 2, 102, '2026-06-02 08:00:00', NULL, NULL, NULL, NULL, NULL, 0),
  (4713, 2, 'C', 5, 5, 102, '2026-06-03 08:00:00', '2026-06-04 08:00:00', NULL, NULL, NULL, NULL, 0),
  (4714, 1, 'T', 1002, NULL, 101, '2026-06-03 08:00:00', NULL, NULL, NULL, NULL, NULL, 1),
  (4715, 1, 'T', 1002, NULL, 101, '2026-06-03 08:00:00', NULL, NULL, NULL, '2026-06-04 08:00:00', NULL, 0),
  (4716, 1, 'M', 77, NULL, 101, '2026-06-03 08:00:00', NULL, NULL, NULL, NULL, NULL, 0),
  (4717, 1, 'C', 6, 6, 101, '2026-06-03 08:00:00', NULL, NULL, NULL, NULL, NULL, 0),
  (4718, 4, 'T', 1003, 6, 103, '2026-01-03 08:00:00', '2026-01-04 08:00:00', '2026-01-04 09:00:00', NULL, NULL, NULL, 0),
  (4719, 5, 'T', 1003, NULL, 103, '2026-01-03 08:00:00', NULL, NULL, NULL, NULL, NULL, 0);
CREATE TABLE money.grocery (id, billing_location);
INSERT INTO money.grocery VALUES (901, 103);
CREATE TABLE money.materialized_billable_xact_summary (id, usr, xact_start, last_billing_type, last_billing_ts, balance_owed);
INSERT INTO money.materialized_billable_xact_summary VALUES
  (803, 1, '2026-06-02 11:00:00', 'Overdue materials', '2026-06-10 00:00:00', 0.50),
  (805, 2, '2026-05-02 11:00:00', 'Overdue materials', '2026-05-18 00:00:00', 0.20),
  (901, 1, '2026-04-01 09:00:00', 'Misc', NULL, 3.00),
  (902, 1, '2026-04-01 09:00:00', 'Misc', NULL, 0.00);
"""

EVERGREEN_EXPECTED = {
    "users": [["user_id", "profile", "library", "last_name", "middle_name", "alternate_ids", "inactive_ids", "barred", "expires_on",
               "claims_returned"],
              ["21221000000015", "PUBLIC", "OSH", "Marchmont", "Quill", "STAFF-0;STAFF-1", "21221000000049;21221000000056", "false",
               "2028-05-20", "2"],
              ["21221000000023", "PUBLIC", "NEE", "Kettlewell, the Elder", "", "", "", "true", "", "0"],
              ["21221000000064", "PUBLIC", "APP", 'Åström "Ö" O\'Brien', "Back\\slash", "", "", "true", "2028-01-01", "0"]],
    "items": [["item_id", "title_id", "title", "item_type", "library", "home_location", "current_location", "price",
               "last_action_at", "last_action"],
              ["31221000000013", "1001", 'The "Wandering" Sparrow', "book", "OSH", "Stacks", "CHECKEDOUT", "13.95",
               "2026-06-02T11:00:00-05:00", "Checked out"],
              ["31221000000021", "1001", 'The "Wandering" Sparrow', "book", "NEE", "Stacks", "Stacks", "",
               "2026-05-02T11:00:00-05:00", "Checked out"],
              ["31221000000039", "1002", "Moon, Low; or, 月", "dvd", "OSH", "Media", "HOLDS", "22.50", "", ""],
              ["31221000000047", "1003", "", "", "APP", "Stacks", "Bindery", "", "2026-05-20T08:30:00-05:00", "Checked in"],
              ["31221000000054", "1003", "", "book", "APP", "Stacks", "INTRANSIT", "", "2026-01-02T11:00:00-06:00", "Checked out"],
              ["31221000000070", "-1", "Never Cataloged", "", "APP", "Stacks", "LOST-ASSUM", "", "2026-01-02T11:00:00-06:00",
               "Checked out"]],
    "charges": [["item_id", "user_id", "library", "charged_at", "due_at", "renewals", "claims_returned_on"],
                ["31221000000013", "21221000000015", "OSH", "2026-06-02T11:00:00-05:00", "2026-06-16T23:59:59-05:00", "2", ""],
                ["31221000000021", "21221000000023", "NEE", "2026-05-02T11:00:00-05:00", "NEVER", "0", "2026-06-01"],
                ["31221000000070", "21221000000064", "APP", "2026-01-02T11:00:00-06:00", "2026-01-16T23:59:59-06:00", "0", ""]],
    "holds": [["hold_id", "level", "title_id", "item_id", "user_id", "pickup_library", "status", "expires_on"],
              ["4711", "title", "1002", "31221000000039", "21221000000023", "NEE", "on-shelf", "2026-12-31"],
              ["4712", "title", "1001", "", "21221000000023", "NEE", "waiting", ""],
              ["4713", "item", "1003", "31221000000054", "21221000000023", "NEE", "in-transit", ""],
              ["4718", "title", "1003", "", "21221000000064", "APP", "waiting", ""]],
    "bills": [["bill_id", "user_id", "item_id", "reason", "amount", "library", "billed_at"],
              ["803", "21221000000015", "31221000000013", "Overdue materials", "0.50", "OSH", "2026-06-10T00:00:00-05:00"],
              ["805", "21221000000023", "31221000000047", "Overdue materials", "0.20", "APP", "2026-05-18T00:00:00-05:00"],
              ["901", "21221000000015", "", "Misc", "3.00", "APP", "2026-04-01T09:00:00-05:00"]],
}

SYMPHONY_EXPECTED = {
    "users": [["user_id", "profile", "library", "last_name", "first_name", "barred", "expires_on", "registered_on"],
              ["21221000000015", "PUBLIC", "OSH", "Marchmont", "Otis", "false", "2028-05-20", "2021-09-26"],
              ["21221000000023", "PUBLIC", "NEE", "Kettlewell", "Rhea", "true", "", "2025-06-19"]],
    "items": [["item_id", "title_id", "item_type", "library", "home_location", "current_location", "price"],
              ["31221000000013", "1001", "BOOK", "OSH", "STACKS", "CHECKEDOUT", "13.95"],
              ["31221000000021", "1001", "BOOK", "NEE", "STACKS", "CHECKEDOUT", "13.95"],
              ["31221000000039", "1002", "DVD", "OSH", "MEDIA", "HOLDS", "22.00"],
              ["31221000000047", "1003", "BOOK", "APP", "STACKS", "MISSING", "0.00"]],
    "charges": [["item_id", "user_id", "library", "charged_at", "due_at"],
                ["31221000000013", "21221000000015", "OSH", "2026-06-05T10:12:00-05:00", "2026-06-19T23:59:00-05:00"],
                ["31221000000021", "21221000000023", "NEE", "2026-06-01T15:30:00-05:00", "NEVER"]],
    "holds": [["hold_id", "level", "title_id", "item_id", "user_id", "pickup_library", "placed_at", "status", "expires_on"],
              ["4711", "title", "1002", "31221000000039", "21221000000023", "NEE", "2026-06-01T00:00:00-05:00", "on-shelf",
               "2026-12-31"],
              ["4712", "title", "1001", "", "21221000000023", "NEE", "2026-06-02T00:00:00-05:00", "waiting", ""]],
    "bills": [["bill_id", "user_id", "reason", "amount", "library", "billed_at"],
              ["9001", "21221000000015", "LOST", "12.50", "OSH", "2026-03-31T18:20:00-05:00"]],
}
