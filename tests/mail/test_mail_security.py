"""The part of test_mail.py about passwords and encrypted connections."""

import subprocess
import unittest
from pathlib import Path

from outage import MailServer, Outage
from rude_server import RudeServer

PASSWORD = "correct horse %s 7"


def make_certificates(folder):
    """Creates a certificate authority, and a certificate from it for 127.0.0.1."""
    run = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    for name, more in (("ca", ["-subj", "/CN=Test CA"]),
                       ("server", ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext",
                                   "basicConstraints=critical,CA:FALSE", "-CA", "ca.pem", "-CAkey", "ca.key"])):
        subprocess.run([*run, "-keyout", f"{name}.key", "-out", f"{name}.pem", *more], cwd=folder, check=True,
                       stderr=subprocess.DEVNULL)


class Security(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.outage = Outage()
        folder = cls.outage.folder
        make_certificates(folder)
        (folder / "account").write_text(f"offcirc\n{PASSWORD}\n")
        cls.plain = MailServer("--account", folder / "account")
        cls.tls = MailServer("--account", folder / "account", "--tls", folder / "server.pem", folder / "server.key")

    @classmethod
    def tearDownClass(cls):
        for each in (cls.plain, cls.tls, cls.outage):
            each.__exit__()

    def run_mail(self, mail, password_in_file=PASSWORD, password_in_environment=None, mode=0o600):
        """Exit status, standard error, and the folder, in which only the secret file may contain the password."""
        with Outage() as outage:
            (outage.folder / "ca.pem").write_bytes((self.outage.folder / "ca.pem").read_bytes())
            secret = outage.folder / "secret"
            secret.write_text(f"{password_in_file}\n")
            secret.chmod(mode)
            outage.configure(mail)
            more = {"OFFCIRC_SMTP_PASSWORD": password_in_environment} if password_in_environment else {}
            status, said = outage.run("mail", **more)
            for path in outage.folder.rglob("*"):
                if path.is_file() and path != secret:
                    self.assertNotIn(PASSWORD.encode(), path.read_bytes(), path)
            self.assertNotIn(PASSWORD, said)
            return status, said

    def fails(self, expected, mail, **more):
        status, said = self.run_mail(mail, **more)
        self.assertEqual((status, said.splitlines()[0]), (1, f"The report of load 1 for APP: {expected}"))

    def test_logging_in_over_an_encrypted_connection(self):
        account = 'user = "offcirc"\npassword_file = "secret"\n'
        before = len(self.tls.mails())
        for tls in ("try", "required"):
            self.assertEqual(self.run_mail(self.tls.smtp + account + f'tls = "{tls}"\nca_file = "ca.pem"\n'),
                             (0, "4 mails sent.\n"))
        envelopes = [envelope for envelope, _, _ in self.tls.mails()[before:]]
        self.assertEqual({(envelope["tls"], envelope["login"]) for envelope in envelopes}, {(True, True)})
        self.assertEqual(len(envelopes), 8)

    def test_the_password_from_the_environment(self):
        mail = self.plain.smtp + 'user = "offcirc"\n'
        self.assertEqual(self.run_mail(mail, password_in_environment=PASSWORD), (0, "4 mails sent.\n"))
        self.assertEqual(self.run_mail(mail), (
            2, "[mail] has a user but no password. Set 'password_file', or put the password into the "
            "environment variable OFFCIRC_SMTP_PASSWORD.\n"))

    def test_a_wrong_password(self):
        expected = f"The mail server {{}} does not accept the user and password (it answered 535)."
        account = 'user = "offcirc"\npassword_file = "secret"\n'
        self.fails(expected.format(self.plain.smtp.split('"')[1]), self.plain.smtp + account, password_in_file="wrong")

    def test_a_password_that_everybody_can_read(self):
        mail = self.plain.smtp + 'user = "offcirc"\npassword_file = "secret"\n'
        self.assertEqual(self.run_mail(mail, mode=0o604), (
            2, "The password file secret is readable by everyone, so its password is not used. "
            "Run 'chmod o= secret', and change the password if others have had access to this machine.\n"))

    def test_a_certificate_that_nobody_knows(self):
        before = len(self.tls.mails())
        for tls in ("try", "required"):
            status, said = self.run_mail(self.tls.smtp + f'tls = "{tls}"\n')
            self.assertEqual(status, 1)
            self.assertIn("can't be used: SSL certificate problem", said)
        self.assertEqual(len(self.tls.mails()), before)

    def test_a_server_without_tls_where_it_is_required(self):
        with RudeServer() as server:
            status, said = self.run_mail(f'smtp = "smtp://127.0.0.1:{server.port}"\ntls = "required"\n'
                                         'user = "offcirc"\npassword_file = "secret"\n')
            self.assertEqual(status, 1)
            self.assertIn("can't be used: STARTTLS not supported", said)
            self.assertEqual([line[:4] for line in server.lines], ["EHLO"])

    def test_what_the_system_shows_of_the_helper(self):
        with Outage() as outage, RudeServer(greeting="silence") as server:
            outage.configure(f'smtp = "smtp://127.0.0.1:{server.port}"\nuser = "offcirc"\ntimeout_seconds = 2\n')
            process = outage.start("mail", OFFCIRC_SMTP_PASSWORD=PASSWORD)
            self.assertTrue(server.reached.wait(20))
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            self.assertEqual(len(children), 1)
            for of in ("cmdline", "environ"):
                shown = Path(f"/proc/{children[0]}/{of}").read_bytes()
                self.assertIn(b"offcirc-smtp" if of == "cmdline" else b"LC_ALL", shown)
                self.assertNotIn(PASSWORD.encode(), shown)
            self.assertNotIn(PASSWORD.encode(), Path(f"/proc/{process.pid}/cmdline").read_bytes())
            process.communicate()
