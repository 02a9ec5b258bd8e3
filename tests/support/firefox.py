"""Drive Firefox by its own protocol, without anything else installed."""

import json
import os
import socket
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PATIENCE_S = 60
_SETTINGS = {
    "marionette.port": 0,  # any that is free; it is in a file in the profile
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """A window in which a page is shown."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rwb")
        self._read()  # what it speaks
        self._n_commands = 0
        self._do("WebDriver:NewSession", {})
        self._do("WebDriver:SetTimeouts", {"script": 1000 * _PATIENCE_S})

    def show(self, page: Path) -> None:
        """Open a page and wait until it is loaded."""
        self._do("WebDriver:Navigate", {"url": page.as_uri()})

    def resize(self, width: int, height: int) -> None:
        """Make the page so large."""
        outer = [width, height]
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:  # it may take a moment, and has borders of its own
            self._do("WebDriver:SetWindowRect", dict(zip(("width", "height"), outer, strict=True)))
            self.settle()
            *outer, inner_width, inner_height = self.run(
                "return [outerWidth, outerHeight, innerWidth, innerHeight]"
            )
            if (inner_width, inner_height) == (width, height):
                return
            outer = [outer[0] + width - inner_width, outer[1] + height - inner_height]
        raise TimeoutError(f"the window does not become {width} × {height}")

    def set(self, name: str, value: object) -> None:
        """Change a setting of the browser."""
        self._do("Marionette:SetContext", {"value": "chrome"})
        kind = {bool: "Bool", int: "Int", str: "Char"}[type(value)]
        self.run(f"Services.prefs.set{kind}Pref(...arguments)", name, value)
        self._do("Marionette:SetContext", {"value": "content"})

    def run(self, script: str, *given: object) -> Any:
        """Run a script in the page and return what it returns."""
        return self._do("WebDriver:ExecuteScript", {"script": script, "args": given})["value"]

    def settle(self) -> None:
        """Wait until what has been changed is seen."""
        script = "const [end] = arguments; requestAnimationFrame(() => requestAnimationFrame(end))"
        self._do("WebDriver:ExecuteAsyncScript", {"script": script, "args": []})

    def pixels(self) -> NDArray[np.uint8]:
        """Return what is seen, red, green and blue along the last axis."""
        self.settle()
        data = self._do("WebDriver:TakeScreenshot", {"full": False})["value"]
        with Image.open(BytesIO(b64decode(data))) as image:
            return np.asarray(image.convert("RGB"))

    def quit(self) -> None:
        """Let it end."""
        self._do("Marionette:Quit", {"flags": ["eForceQuit"]})

    def _do(self, name: str, parameters: dict[str, Any]) -> Any:
        self._n_commands += 1
        text = json.dumps([0, self._n_commands, name, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(text), text))
        self._stream.flush()
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return result

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise EOFError("Firefox has ended")
            length += byte
        return json.loads(self._stream.read(int(length)))


@contextmanager
def running(program: str, folder: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own in an empty *folder*."""
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _SETTINGS.items()]
    (folder / "user.js").write_text("\n".join(lines), "utf-8")
    words = [
        program,
        "--headless",
        "--no-remote",
        "--marionette",
        "--remote-allow-system-access",
        "--profile",
        str(folder),
    ]
    environment = {**os.environ, "HOME": str(folder)}
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            with socket.create_connection(("127.0.0.1", _port(folder)), _PATIENCE_S) as connection:
                window = Firefox(connection)
                yield window
                window.quit()
            process.wait(_PATIENCE_S)
        finally:
            process.kill()


def _port(folder: Path) -> int:
    """Return the port that it listens at, when it does."""
    path = folder / "MarionetteActivePort"
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if path.exists() and (text := path.read_text("utf-8")):
            return int(text)
        time.sleep(0.05)
    raise TimeoutError("Firefox does not answer")
