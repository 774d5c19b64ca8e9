#!/usr/bin/python3
"""Reports by mail, from the program to servers on 127.0.0.1 and back through Python's own mail parser.

Usage: test_mail.py OFFCIRC PROJECT_FOLDER
"""

import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

from outage import NOW, MailServer, Outage, message_ids, prepare
from rude_server import RudeServer

LIBRARIES = ["APP", "NEE", "OSH", ""]
ADDRESSES = {"APP": "circ@applebay.example.org", "NEE": "circ@neering.example.org", "OSH": "circ@oakshore.example.org",
             "": "system@example.org"}
FOUR_UNSENT = "Load 1 is in the database, but 4 mails are unsent. Run 'offcirc mail' to send them.\n"


def smtp_of(port):
    return f'smtp = "smtp://127.0.0.1:{port}"\n'


class Sending(unittest.TestCase):
    """One server that accepts mail, for the tests that need no other."""

    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def setUp(self):
        self.before = len(self.server.mails())

    def arrived(self):
        return self.server.mails()[self.before:]

    def test_each_library_gets_its_own_report_and_the_system_all(self):
        with Outage() as outage:
            outage.configure(self.server.smtp)
            self.assertEqual(outage.run("mail"), (0, "4 mails sent.\n"))
            mails = self.arrived()
            self.assertEqual([envelope["to"] for envelope, _, _ in mails],
                             [[ADDRESSES[library]] for library in LIBRARIES])
            for library, (envelope, _, message) in zip(LIBRARIES, mails):
                self.assertEqual(envelope["from"], "offcirc@example.org")
                self.check_message(outage, library, message)

    def check_message(self, outage, library, message):
        self.assertEqual(message["From"], 'Lake Country Library System <offcirc@example.org>')
        self.assertEqual(message["To"], ADDRESSES[library])
        self.assertEqual(message["Date"].datetime.isoformat(), NOW)
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertTrue(message["Subject"].startswith("Load 1, " if library else "Load 1: "))
        whose = ["--library", library] if library else []
        forms = {"text/plain": "text", "text/html": "html", "text/csv": "csv"}
        parts = [part for part in message.walk() if not part.is_multipart()]
        attached = list(message.iter_attachments())
        stem = f"load-1-{library}" if library else "load-1"
        self.assertEqual([(part.get_content_type(), part.get_filename()) for part in attached],
                         [("text/html", stem + ".html"), ("text/csv", stem + ".csv")])
        self.assertEqual([part.get_content_type() for part in parts if part not in attached], ["text/plain"])
        for part in parts:
            shown, sent = outage.report(forms[part.get_content_type()], *whose), part.get_payload(decode=True)
            self.assertEqual(sent if part in attached else sent.replace(b"\r\n", b"\n"), shown)
        self.check_rejected(outage, library, message.get_body(("plain",)).get_content())

    def check_rejected(self, outage, library, text):
        """Each library's rejected results appear in its own mail and in the system's, and in no other."""
        results = json.loads(outage.report("json"))["results"]
        lines = {line.strip() for line in text.splitlines()}
        rejected = [result for result in results if result["disposition"] == "rejected"]
        self.assertGreater(len({result["library"] for result in rejected}), 1)
        for result in rejected:
            place = f"{result['log']}:{result['line']}"
            self.assertEqual(place in lines, library in ("", result["library"]), f"{place} in the mail for '{library}'")

    def test_names_and_ids_as_the_configuration_wants_them(self):
        named = re.compile(r"\b(21221\d{9})\b")
        texts = []
        for mail in ("", 'user_ids = "last4"\n', "names = true\n"):
            with Outage() as outage:
                outage.configure(self.server.smtp + mail)
                self.assertEqual(outage.run("mail"), (0, "4 mails sent.\n"))
                message = self.arrived()[-1][2]
                parts = [part for part in message.walk() if not part.is_multipart()]
                self.assertEqual([part.get_content_subtype() for part in parts], ["plain", "html", "csv"])
                texts.append([part.get_payload(decode=True).decode() for part in parts])
                names = [row[0] for row in outage.rows("SELECT last_name || ', ' || first_name FROM users")]
        found = [[(bool(named.search(text)), any(name in text for name in names)) for text in parts] for parts in texts]
        self.assertEqual(found, [[(True, False)] * 3, [(False, False)] * 3, [(True, True)] * 3])
        # The user is named outside the shelf lists as well.
        self.assertRegex(texts[2][0], r"Patron 21221\d{9} \([^)]+\), item \d+")

    def test_what_is_sent_is_what_an_outbox_gets(self):
        with Outage() as outage:
            self.assertEqual(outage.run("mail", "--outbox", "out"), (0, "4 mails written to out.\n"))
            self.assertEqual(outage.run("mail"), (0, "No mail is unsent.\n"))
            written = {path.name: path.read_bytes() for path in (outage.folder / "out").iterdir()}
            self.assertEqual(set(written), {"load-1-APP.eml", "load-1-NEE.eml", "load-1-OSH.eml", "load-1.eml"})
            self.assertEqual({path.stat().st_mode & 0o777 for path in (outage.folder / "out").iterdir()}, {0o600})
        with Outage() as outage:
            outage.configure(self.server.smtp)
            outage.run("mail")
        self.assertEqual(sorted(content for _, content, _ in self.arrived()), sorted(written.values()))

    def test_an_outbox_never_replaces_another_mail(self):
        with Outage() as outage:
            (outage.folder / "out").mkdir()
            (outage.folder / "out" / "load-1-NEE.eml").write_text("another")
            self.assertEqual(outage.run("mail", "--outbox", "out"), (
                1, "The report of load 1 for NEE: out/load-1-NEE.eml already exists and is another mail. Move it away.\n"
                "3 mails written to out, 1 unsent.\n"))
            self.assertEqual(outage.unsent(), ["NEE"])
            (outage.folder / "out" / "load-1-NEE.eml").unlink()
            self.assertEqual(outage.run("mail", "--outbox", "out"), (0, "1 mail written to out.\n"))

    def test_a_second_run_sends_nothing(self):
        with Outage() as outage:
            outage.configure(self.server.smtp)
            outage.run("mail", "1")
            self.assertEqual(outage.run("mail"), (0, "No mail is unsent.\n"))
            self.assertEqual(outage.run("mail", "1", "--quiet"), (0, ""))
            self.assertEqual(len(self.arrived()), 4)
            self.assertEqual(outage.run("mail", "2"), (2, "lakecountry.db: there is no load 2. The only one is load 1.\n"))

    def test_a_load_sends_what_it_has_queued(self):
        with Outage() as outage:
            outage.configure(self.server.smtp + 'when = "always"\n')
            status, said = outage.run("load", "logs/APP", "--mail", "--now", NOW, "--quiet")
            self.assertEqual((status, said), (0, ""))
            self.assertEqual([envelope["to"] for envelope, _, _ in self.arrived()],
                             [[ADDRESSES["APP"]], [ADDRESSES[""]]])
            self.assertEqual(outage.rows("SELECT count(*) FROM mails WHERE load = 2 AND done_at IS NULL"), [(0,)])
            self.assertEqual(outage.unsent(), LIBRARIES)

    def test_one_refused_address_does_not_keep_the_mail_from_the_others(self):
        with Outage() as outage:
            outage.configure(self.server.smtp)
            outage.replace_in_config('"circ@oakshore.example.org"',
                                     '"refused@oakshore.example.org", "circ@oakshore.example.org", "later@example.org"')
            self.assertEqual(outage.run("mail"), (
                1, "The report of load 1 for OSH: refused@oakshore.example.org was refused: 550 5.1.1 No such user here. "
                   "later@example.org was deferred: 451 4.7.1 Come back later.\n3 mails sent, 1 unsent.\n"))
            self.assertEqual(outage.rows("SELECT address FROM mail_deliveries JOIN mails USING (mail) WHERE library = 'OSH'"),
                             [("circ@oakshore.example.org",)])
            self.assertEqual(outage.run("mail")[0], 1)
            self.assertEqual(len(self.arrived()), 4)
            outage.replace_in_config("refused@oakshore", "head@oakshore")
            outage.replace_in_config(', "later@example.org"', "")
            self.assertEqual(outage.run("mail"), (0, "1 mail sent.\n"))
            envelope, _, message = self.arrived()[-1]
            self.assertEqual(envelope["to"], ["head@oakshore.example.org"])
            self.assertEqual(message["Message-ID"], self.arrived()[2][2]["Message-ID"])

    def test_a_library_without_addresses_leaves_the_queue(self):
        with Outage() as outage:
            outage.configure(self.server.smtp)
            outage.replace_in_config('email = ["circ@neering.example.org"]\n', "")
            self.assertEqual(outage.run("mail"), (
                0, "3 mails sent. 1 mail no longer had a configured address and will not be sent.\n"))
            self.assertEqual(outage.unsent(), [])


class Troubles(unittest.TestCase):
    """With servers that are down, rude, or slow, nothing is lost and nothing is sent twice."""

    def mail(self, outage, server, more=""):
        outage.configure(smtp_of(server.port) + more)
        return outage.run("mail", "1")

    def test_down_then_up(self):
        with Outage() as outage, MailServer() as server:
            status, said = outage.run("mail")
            self.assertEqual((status, said), (
                1, "The report of load 1 for APP: The mail server smtp://127.0.0.1:1 can't be used: Connection refused.\n"
                   "0 mails sent, 4 unsent.\n"))
            self.assertEqual(outage.rows("SELECT attempts FROM mails ORDER BY mail"), [(2,), (0,), (0,), (0,)])
            outage.configure(server.smtp)
            self.assertEqual(outage.run("mail")[0], 0)
            self.assertEqual(len(set(message_ids(server))), 4)

    def test_moments_at_which_a_server_refuses(self):
        for moment, answer, expected, tried in (
                ("greeting", "554 No mail today",
                 "The mail server {} does not accept mail now: 554 No mail today.", 1),
                ("MAIL", "451 Not now", "{address} was deferred: 451 Not now.", 4),
                ("MAIL", "550 Not you", "{address} was refused: 550 Not you.", 4),
                ("DATA", "451 Full", "{address} was deferred: 451 Full.", 4),
                ("message", "552 Too large", "{address} was refused: 552 Too large.", 4),
                ("message", "452 Disk\x1b[2J full", "{address} was deferred: 452 Disk?[2J full.", 4)):
            with self.subTest(moment=moment, answer=answer), Outage() as outage, \
                    RudeServer(**{moment: answer}) as server:
                status, said = self.mail(outage, server)
                sentence = expected.format(f"smtp://127.0.0.1:{server.port}", address=ADDRESSES["APP"])
                self.assertEqual(said.splitlines()[0], f"The report of load 1 for APP: {sentence}")
                self.assertEqual(said.splitlines()[-1], "0 mails sent, 4 unsent.")
                self.assertEqual((status, server.connections), (1, tried))
                self.assertEqual(outage.unsent(), LIBRARIES)

    def test_moments_at_which_a_server_hangs_up(self):
        lost = "the connection ended before the server answered"
        good = self.enterContext(MailServer())
        for moment, expected in (("MAIL", lost), ("RCPT", lost), ("DATA", lost),
                                 ("text", lost + "; it may have received the mail"),
                                 ("message", lost + "; it may have received the mail")):
            with self.subTest(moment=moment), Outage() as outage, RudeServer(**{moment: None}) as server:
                before = len(message_ids(good))
                status, said = self.mail(outage, server)
                self.assertEqual((status, said.splitlines()[0]), (
                    1, f"The report of load 1 for APP: {ADDRESSES['APP']} was deferred: {expected}."))
                self.assertEqual(self.mail(outage, good), (0, "4 mails sent.\n"))
                ids = outage.rows("SELECT message_id FROM mails ORDER BY mail")
                self.assertEqual(message_ids(good)[before:], [f"<{row[0]}>" for row in ids])

    def test_a_server_that_falls_silent_is_not_waited_for_four_times(self):
        for moment, hint in (("greeting", ""), ("message", "; it may have received the mail")):
            with self.subTest(moment=moment), Outage() as outage, RudeServer(**{moment: "silence"}) as server:
                status, said = self.mail(outage, server, "timeout_seconds = 1\n")
                self.assertEqual((status, said), (
                    1, f"The report of load 1 for APP: The mail server smtp://127.0.0.1:{server.port} did not answer "
                       f"within 1 seconds{hint}.\n0 mails sent, 4 unsent.\n"))
                self.assertEqual(server.connections, 1)

    def test_a_mailer_that_is_killed_repeats_nothing_but_the_mail_on_its_way(self):
        with Outage() as outage, RudeServer(message="silence") as server, MailServer() as good:
            outage.configure(smtp_of(server.port))
            process = outage.start("mail")
            self.assertTrue(server.reached.wait(20))
            process.kill()
            process.communicate()
            self.assertEqual(self.mail(outage, good), (0, "4 mails sent.\n"))
            self.assertEqual(server.messages[0].split(b"Message-ID: ")[1].split(b"\r\n")[0].decode(),
                             message_ids(good)[0])
            self.assertEqual(len(message_ids(good)), 4)

    def test_two_mailers_at_once(self):
        with Outage() as outage, RudeServer(greeting="silence") as server:
            outage.configure(smtp_of(server.port) + "timeout_seconds = 2\n")
            first = outage.start("mail")
            self.assertTrue(server.reached.wait(20))
            status, said = outage.run("mail")
            said = re.sub(r" of \S+, for \d+ seconds?:", " of OPERATOR, for N seconds:", said)
            self.assertEqual((status, said), (
                2, f"lakecountry.db: another offcirc is sending its mail (process {first.pid} of OPERATOR, for N seconds: "
                   "offcirc mail). Try again when it has ended, or wait for it with --wait SECONDS.\n"))
            outbox = outage.start("mail", "--outbox", "out", "--wait", "30")
            first.communicate()
            self.assertEqual(outbox.communicate()[1], "4 mails written to out.\n")
            self.assertEqual((first.returncode, outbox.returncode), (1, 0))

    def test_a_sendmail_program(self):
        script = "#!/bin/sh\nprintf '%s\\n' \"$@\" >>arguments\ncat >>mails\necho 'queue is full' >&2\nexit {}\n"
        with Outage() as outage:
            program = outage.folder / "sendmail"
            program.write_text(script.format(75))
            outage.configure('sendmail = "sendmail"\n')
            self.assertEqual(outage.run("mail"), (2, "The program sendmail can't be run: Permission denied.\n"))
            program.chmod(0o755)
            status, said = outage.run("mail")
            self.assertEqual((status, said.splitlines()[0]), (
                1, "The report of load 1 for APP: sendmail ended with status 75: queue is full."))
            (outage.folder / "arguments").unlink()
            (outage.folder / "mails").unlink()
            program.write_text(script.format(0))
            self.assertEqual(outage.run("mail"), (0, "4 mails sent.\n"))
            self.assertEqual((outage.folder / "arguments").read_text().splitlines()[:5],
                             ["-i", "-f", "offcirc@example.org", "--", ADDRESSES["APP"]])
            mails = (outage.folder / "mails").read_bytes()
            self.assertEqual((mails.count(b"\nMessage-ID: "), mails.count(b"\r")), (4, 0))


def main():
    offcirc, project = (Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="offcirc-mail-") as folder:
        status, said = prepare(offcirc, project, Path(folder))
        assert status == 1 and said.endswith(FOUR_UNSENT), said
        import test_mail_security
        import test_mail_size
        tests = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (
            Sending, Troubles, test_mail_security.Security, test_mail_size.Size))
        return 0 if unittest.TextTestRunner().run(tests).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
