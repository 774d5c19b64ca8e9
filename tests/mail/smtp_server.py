"""A real mail server for test_mail.py: a process on 127.0.0.1 that prints its port and stores what it receives.

Usage: smtp_server.py FOLDER [--tls CERTIFICATE KEY] [--account FILE]

Each mail becomes two files in FOLDER: 1.eml, its bytes as received, and 1.json, its envelope. Addresses that begin with
"refused" get 550, those that begin with "later" get 451. FILE contains a user and a password, one per line.
"""

import argparse
import asyncio
import json
import logging
import ssl
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user here"
        if address.startswith("later"):
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.original_content)
        about = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                 "login": session.authenticated}
        (self.folder / f"{self.count}.json").write_text(json.dumps(about))
        return f"250 2.0.0 Kept as {self.count}"


def authenticator(account):
    def check(server, session, envelope, mechanism, login):
        given = (login.login.decode(), login.password.decode())
        return AuthResult(success=given == account, handled=False)
    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--account", type=Path)
    arguments = parser.parse_args()
    keeper = Keeper(arguments.folder)
    options = {"hostname": "mail.example.org"}
    if arguments.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*arguments.tls)
        options["tls_context"] = context
    if arguments.account:
        account = tuple(arguments.account.read_text().splitlines())
        options.update(authenticator=authenticator(account), auth_required=True, auth_require_tls=bool(arguments.tls))
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


logging.disable()  # do not log handshakes that are meant to fail
warnings.simplefilter("ignore")
asyncio.run(main())
