"""The part of test_mail.py about reports that are too large for a mail."""

import re
import shlex
import subprocess
import unittest

from outage import NOW, Outage, parse

MAX_BYTES = 10_000_000


def write_unknown_items(path, count):
    lines = [f"2026-06-12T{7 + at // 3600:02}:{at // 60 % 60:02}:{at % 60:02},OSH,0201,checkin,,3122{at:010}" for at in range(count)]
    path.write_text("\n".join(["occurred_at,library,station,kind,user_id,item_id", *lines, ""]))


class Size(unittest.TestCase):
    def mail_about(self, outage, count):
        """Returns the mail to the library, and its text, about `count` unknown items."""
        write_unknown_items(outage.folder / "many.csv", count)
        outage.run("load", "many.csv", "--mail", "--now", NOW)
        self.assertEqual(outage.run("mail", "2", "--outbox", "out"), (0, "2 mails written to out.\n"))
        content = (outage.folder / "out" / "load-2-OSH.eml").read_bytes()
        self.assertLessEqual(len(content), MAX_BYTES)
        self.assertLessEqual(len((outage.folder / "out" / "load-2.eml").read_bytes()), MAX_BYTES)
        message = parse(content)
        return message, message.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def run_commands_of(self, outage, text):
        """The outputs of the commands in the text; each command begins with the program's name."""
        head = text[:text.index("\n\n")]
        commands = [shlex.split(command) for command in re.findall(r"'(offcirc report [^']+)'", head)]
        return [subprocess.run([outage.offcirc, *command[1:]], cwd=outage.folder, check=True, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL,
                               env=outage.environment({})).stdout.decode() for command in commands]

    def test_the_page_goes_first(self):
        with Outage() as outage:
            message, text = self.mail_about(outage, 9000)
            self.assertEqual([part.get_filename() for part in message.iter_attachments()], ["load-2-OSH.csv"])
            self.assertTrue(text.startswith(
                "With the whole report, this mail would be too large for many mail servers.\n"
                "Left out, and how the system office can get it:\n"
                "  load-2-OSH.html\n    'offcirc report 2 --library OSH -o load-2-OSH.html' writes it.\n\n"), text[:400])
            self.assertEqual(self.run_commands_of(outage, text), [""])
            self.assertEqual((outage.folder / "load-2-OSH.html").read_text().count('data-outcomes="item-not-found'), 9000)

    def test_then_the_table_and_the_end_of_the_text(self):
        with Outage() as outage:
            message, text = self.mail_about(outage, 44000)
            self.assertEqual(list(message.iter_attachments()), [])
            head, rest = text.split("\n\n", 1)
            self.assertTrue(head.endswith("\n  the end of this text\n    'offcirc report 2 --library OSH' prints all of it."))
            end = "\nThe text continues; the first lines of this mail say how to get all of it.\n"
            self.assertTrue(rest.endswith(end))
            page, table, whole = self.run_commands_of(outage, text)
            self.assertEqual((page, table), ("", ""))
            self.assertTrue(whole.startswith(rest[:-len(end)]))
            self.assertEqual((outage.folder / "load-2-OSH.csv").read_text().count("item-not-found"), 44000)
