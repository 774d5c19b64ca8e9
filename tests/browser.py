"""Drives a real headless Chromium through chromedriver over loopback, using only Debian packages.

It implements the part of the WebDriver protocol that tests/test_html_page.py needs. Every wait that times out raises an
error that says what was expected.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 120  # a busy machine may take long to start a browser


class Browser:
    """One window. Its profile is in its own folder, which is deleted afterwards."""

    def __enter__(self):
        for program in ("chromium", "chromedriver"):
            if shutil.which(program) is None:
                raise SystemExit(f"{program} is not installed: the page can't be tested. tests/packages.txt names what to install.")
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       env={**os.environ, "HOME": self.profile.name}, text=True)
        try:
            self.address = f"http://127.0.0.1:{self.port_of_driver()}/session"
            self.address += "/" + self.open_session()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            self.send("DELETE", "", {})
        except Exception:  # the session may never have started
            pass
        self.driver.terminate()
        self.driver.wait(PATIENCE_SECONDS)
        self.driver.stdout.close()
        self.profile.cleanup()

    def port_of_driver(self):
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return found.group(1)
        raise SystemExit("chromedriver ended before it said its port")

    def open_session(self):
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1200,900",
                     f"--user-data-dir={self.profile.name}/profile"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # the sandbox refuses to run as root
        options = {"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        return self.send("POST", "", {"capabilities": {"alwaysMatch": options}})["sessionId"]

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {json.load(error)['value']['message']}") from None

    def open(self, address):
        self.send("POST", "/url", {"url": address})

    def reload(self):
        self.send("POST", "/refresh", {})

    def run(self, script, *arguments):
        """The value returned by `script`, the body of a function."""
        return self.send("POST", "/execute/sync", {"script": script, "args": arguments})

    def wait_for(self, script, *arguments):
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.run(script, *arguments):
            if time.monotonic() > until:
                raise RuntimeError(f"waited in vain for: {script}")
            time.sleep(0.05)

    def find(self, selector):
        return list(self.send("POST", "/element", {"using": "css selector", "value": selector}).values())[0]

    def click(self, selector):
        # The sticky bar at the top of the page must not cover it.
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        self.send("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector, text):
        self.send("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def press(self, keys, held=None):
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        if held is not None:
            strokes = [{"type": "keyDown", "value": held}, *strokes, {"type": "keyUp", "value": held}]
        self.send("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def devtools(self, command, **parameters):
        return self.send("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def console(self):
        """The page's console messages since the last call."""
        return [entry["message"] for entry in self.send("POST", "/se/log", {"type": "browser"})]

    def print_pdf(self):
        return base64.b64decode(self.send("POST", "/print", {"background": False}))

    def picture(self, width, height, dark=False):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        return base64.b64decode(self.send("GET", "/screenshot"))
