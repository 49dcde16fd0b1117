"""`posemap comfyui --submit https://…`: certificates, tokens, and who gets to see them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from test_submit import POSEMAP, SCENE, server, size, submit

TOKEN = "s3cret-t0ken"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of our own, and servers that it has certified."""
    folder = tmp_path_factory.mktemp("authority")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    for name in ("ca", "other"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days",
                "2", "-subj", f"/CN=posemap's test authority {name}")  # fmt: skip
    for name, subject in (("right", "IP:127.0.0.1"), ("wrong", "DNS:example.org")):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=x")
        (folder / "extensions").write_text(f"subjectAltName={subject}")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                "-extfile", "extensions", "-out", f"{name}.crt")  # fmt: skip
        (folder / f"{name}.pem").write_text((folder / f"{name}.crt").read_text() + (folder / f"{name}.key").read_text())
    return folder


def token_file(folder: Path, mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_text(TOKEN + "\n")
    path.chmod(mode)
    return path


def requests(folder: Path) -> list[str]:
    path = folder / "requests.txt"
    return path.read_text().splitlines() if path.exists() else []


def test_pictures_come_over_https(tmp_path: Path, authority: Path) -> None:
    """All that goes over http goes over https, and the token reaches the server with each request and nothing else."""
    options = ("--certificate", str(authority / "right.pem"), "--token", TOKEN, "--delay", "0.05")
    with server(tmp_path / "server", *options) as url:
        secret = token_file(tmp_path)
        done = submit(url, tmp_path / "out", "--stages", "upscale", "--progress", "--ca-file", str(authority / "ca.pem"),
                      "--token-file", str(secret))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert size(tmp_path / "out/female/generated/upscale.png") == (1248, 1824)
    seen = requests(tmp_path / "server")
    assert seen and all(line.endswith(f" Bearer {TOKEN}") for line in seen)
    # Without a websocket, the queue tells.
    assert "female: at work" in done.stdout and "male: at work" in done.stdout and "/ws" not in "".join(seen)
    assert TOKEN not in done.stdout + done.stderr
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]


@pytest.mark.parametrize("certificate, authorities", [("right", None), ("right", "other"), ("wrong", "ca")])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    tmp_path: Path, authority: Path, certificate: str, authorities: str | None
) -> None:
    trust = ("--ca-file", str(authority / f"{authorities}.pem")) if authorities else ()
    with server(tmp_path / "server", "--certificate", str(authority / f"{certificate}.pem")) as url:
        done = submit(url, tmp_path / "out", "--stages", "none", "--token-file", str(token_file(tmp_path)), *trust)
    assert done.returncode == 69
    assert "its certificate is not to be trusted" in done.stderr, done.stderr
    assert requests(tmp_path / "server") == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_token_does_not_follow_a_redirect(tmp_path: Path, authority: Path, scheme: str) -> None:
    tls = ("--certificate", str(authority / "right.pem")) if scheme == "https" else ()
    trust = ("--ca-file", str(authority / "ca.pem")) if scheme == "https" else ()
    with server(tmp_path / "other", *tls) as other, server(tmp_path / "server", *tls, "--redirect", other) as url:
        done = submit(url, tmp_path / "out", "--stages", "none", "--token-file", str(token_file(tmp_path)), *trust)
    assert done.returncode == 69
    assert "HTTP status 307; it leads to another address, and posemap does not follow it" in done.stderr
    assert len(requests(tmp_path / "server")) == 1 and requests(tmp_path / "other") == []
    assert TOKEN not in done.stdout + done.stderr


def test_a_token_is_not_sent_in_the_clear(tmp_path: Path) -> None:
    done = submit("http://192.0.2.1", tmp_path / "out", "--stages", "none", "--token-file", str(token_file(tmp_path)))
    assert done.returncode == 64 and "anyone on the way could read the token" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_server_that_wants_a_token_says_so(tmp_path: Path) -> None:
    with server(tmp_path / "server", "--token", TOKEN) as url:
        assert "it wants a token: --token-file FILE" in submit(url, tmp_path / "out", "--stages", "none").stderr
        wrong = tmp_path / "wrong"
        wrong.write_text("guess")
        done = submit(url, tmp_path / "out", "--stages", "none", "--token-file", str(wrong))
        assert "it does not take this token" in done.stderr and "guess" not in done.stderr
        # An environment variable names the file.
        done = subprocess.run(
            [POSEMAP, "comfyui", SCENE, "-q", "-o", tmp_path / "out", "--submit", url, "--stages", "none"],
            env={"POSEMAP_COMFYUI_TOKEN_FILE": str(token_file(tmp_path))}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0 and not done.stderr, done.stderr


def test_a_token_that_others_can_read_is_noted(tmp_path: Path) -> None:
    with server(tmp_path / "server", "--token", TOKEN) as url:
        loose = token_file(tmp_path, 0o644)
        done = submit(url, tmp_path / "out", "--stages", "none", "--token-file", str(loose))
    assert done.returncode == 0
    assert done.stderr.count(f"{loose}: note: others on this machine can read this token; chmod 600 keeps it to you") == 1


def test_what_is_no_token_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN} and more\n")
    done = submit("https://127.0.0.1:1", tmp_path / "out", "--token-file", str(path))
    assert done.returncode == 65 and "one line" in done.stderr and TOKEN not in done.stderr
    done = submit("https://127.0.0.1:1", tmp_path / "out", "--token-file", str(tmp_path / "none"))
    assert done.returncode == 66 and "cannot read this token" in done.stderr


def test_a_machine_without_libcurl_is_told_what_to_install(tmp_path: Path) -> None:
    """Files of libcurl's names that are no libraries hide the real ones."""
    for name in ("libcurl.so.4", "libcurl-gnutls.so.4"):
        (tmp_path / name).write_text("no library")
    done = subprocess.run(
        [POSEMAP, "comfyui", SCENE, "-q", "-o", tmp_path / "out", "--submit", "https://127.0.0.1:1", "--stages", "none"],
        env={"LD_LIBRARY_PATH": str(tmp_path)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 69
    assert re.search(r"https needs the library libcurl; install it with the package curl \(apt install curl\)", done.stderr), done.stderr
