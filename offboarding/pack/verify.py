#!/usr/bin/env python3
"""Checks an evidence pack without the product that made it.  不依赖原系统，核验证据包。

    python3 -I verify.py PACK.zip --fingerprint "3f2a 91c0 …"
    python3 -I verify.py            (in the unpacked folder; asks for the fingerprint)

With -I Python takes its library from where it is installed and not from a file that lies beside this one.
Needs Python 3.10 or later with its standard library, and the command `openssl` 3 or later for the one signature.
The fingerprint of the signing key is typed by you, from a checkpoint mail or from whoever keeps them: a pack that
brought its own key and its own fingerprint would prove nothing.

Exit: 0 everything holds · 1 REJECTED, something was changed · 2 could not be checked to the end.

What holds what: every file's SHA-256 stands in manifest.json; the manifest's SHA-256 stands in the last event of
record/events.jsonl; every event is a leaf of the Merkle tree (RFC 6962) whose root record/checkpoint.json states;
the checkpoint is signed with Ed25519.
"""

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path

MANIFEST, EVENTS = "manifest.json", "record/events.jsonl"
CHECKPOINT, PUBLIC_KEY = "record/checkpoint.json", "record/public_key.pem"
UNLISTED = {MANIFEST, EVENTS, CHECKPOINT, PUBLIC_KEY}
FORMAT = "ehr-offboarding evidence pack v1"
DOMAIN = b"ehr-offboarding checkpoint v1\n"
MADE = "offboarding.case.evidence_pack_made"
ED25519 = bytes.fromhex("302a300506032b6570032100")
CHUNK = 1 << 20
CHANGED = "内容被改动 changed: "


class Rejected(Exception):
    pass


class Unchecked(Exception):
    pass


def demand(holds, words):
    if not holds:
        raise Rejected(words)


def raw(text):
    """Bytes from their one spelling: capitals and blanks would be other bytes of the pack with the same meaning."""
    found = bytes.fromhex(text)
    demand(found.hex() == text, "写法被改动 not written as it was: " + text[:16])
    return found


# --- The package as a whole: there is exactly one ZIP for these members, so no byte between them is free -----------
def write_zip(target, names, read):
    """Stored, in the order of their names, without times: the same members always give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, read(name))


class Zipped:
    def __init__(self, path):
        self.path = path
        self.package = zipfile.ZipFile(path)
        self.names = self.package.namelist()
        demand(len(self.names) == len(set(self.names)), "同名文件出现两次 a file stands in the package twice")
        self.refuse_another_form()

    def read(self, name):
        return self.package.read(name)

    def refuse_another_form(self):
        with tempfile.TemporaryFile() as again, self.path.open("rb") as given:
            write_zip(again, self.names, self.read)
            again.seek(0)
            while True:
                mine, theirs = again.read(CHUNK), given.read(CHUNK)
                demand(mine == theirs, "压缩包字节被改动 the package is not in the form in which it was made")
                if not mine:
                    return


class Unpacked:
    def __init__(self, path):
        self.path = path
        self.names = [one.relative_to(path).as_posix() for one in path.rglob("*") if not one.is_dir()]

    def read(self, name):
        return (self.path / name).read_bytes()


# --- From the files to the record ----------------------------------------------------------------------------------
def check_files(pack):
    manifest = json.loads(pack.read(MANIFEST).decode())
    demand(manifest["format"] == FORMAT, "不是已知格式的证据包 this is not an evidence pack of a known form")
    listed = {row["path"]: row for row in manifest["files"]}
    present = set(pack.names)
    demand(not UNLISTED & set(listed), "清单列入了自证文件 the list names a file that proves itself")
    for name in sorted(present - set(listed) - UNLISTED):
        raise Rejected("清单外的文件 not on the list: " + name)
    for name in sorted((set(listed) | UNLISTED) - present):
        raise Rejected("缺少文件 missing: " + name)
    for name, row in listed.items():
        content = pack.read(name)
        digest = hashlib.sha256(content).hexdigest()
        demand((digest, len(content)) == (row["sha256"], row["size"]), CHANGED + name)
    return manifest


def line_of(row):
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def check_events(pack, manifest, checkpoint):
    text = pack.read(EVENTS).decode()
    rows = [json.loads(line) for line in text.split("\n")[:-1]]
    demand("".join(line_of(row) for row in rows) == text, "记录的写法被改动 the record is not written as it was")
    hashes = [leaf_of(row).hex() for row in rows]
    listed = [[row["seq"], one] for row, one in zip(rows, hashes, strict=True)]
    demand(
        listed[:-1] == manifest["record"]["events"],
        "事件有缺失、增加或次序改变 events are missing, added or in another order",
    )
    for row, one in zip(rows, hashes, strict=True):
        demand(
            root_of(row, one, checkpoint["tree_size"]) == checkpoint["root"],
            f"第 {row['seq']} 号事件不在签名的记录内 event {row['seq']} is not under the root",
        )
    events = [json.loads(row["text"]) for row in rows]
    demand(
        all(event["subject"] in manifest["record"]["subjects"] for event in events),
        "含有他案的事件 an event is about something else",
    )
    check_last(rows, events[-1], pack, manifest)
    return rows


def check_last(rows, made, pack, manifest):
    digest = hashlib.sha256(pack.read(MANIFEST)).hexdigest()
    demand(made["kind"] == MADE, "记录未以本证据包的制作结束 the record does not end with the making of this pack")
    demand(made["payload"]["manifest_sha256"] == digest, CHANGED + MANIFEST)
    demand(made["payload"]["pack_id"] == manifest["pack"], "清单属于另一证据包 the list belongs to another pack")
    demand(
        all(before["seq"] < after["seq"] for before, after in pairwise(rows)),
        "记录次序有误 the order of the record is broken",
    )


def leaf_of(row):
    return hashlib.sha256(b"\x00" + row["text"].encode() + raw(row["prev_hash"])).digest()


def root_of(row, leaf, size):
    """RFC 9162, 2.1.3.2. What the path leads to; nothing when it has another length than this place asks for."""
    at, last, found = row["seq"] - 1, size - 1, raw(leaf)
    demand(0 <= at <= last, f"第 {row['seq']} 号事件晚于存证点 event {row['seq']} stands behind the checkpoint")
    for one in row["path"]:
        if last == 0:
            return None
        other = raw(one)
        if at & 1 or at == last:
            found = hashlib.sha256(b"\x01" + other + found).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + other).digest()
        at, last = at >> 1, last >> 1
    return found.hex() if last == 0 else None


# --- From the record to the key ------------------------------------------------------------------------------------
def read_checkpoint(pack):
    text = pack.read(CHECKPOINT).decode()
    statement = json.loads(text)
    demand(json.dumps(statement, indent=2) + "\n" == text, CHANGED + CHECKPOINT)
    names = ["tree_size", "root", "at", "public_key", "signature", "fingerprint"]
    demand(list(statement) == names, CHANGED + CHECKPOINT)
    key = raw(statement["public_key"])
    demand(
        statement["fingerprint"] == fingerprint_of(key),
        "包内指纹与密钥不符 the fingerprint in the pack is not of its key",
    )
    demand(pack.read(PUBLIC_KEY).decode() == pem_of(key), CHANGED + PUBLIC_KEY)
    return statement


def fingerprint_of(key):
    digest = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def pem_of(key):
    body = base64.b64encode(ED25519 + key).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def check_signature(statement):
    if shutil.which("openssl") is None:
        raise Unchecked("未安装 openssl the command openssl is not installed")
    at, root, size = statement["at"], statement["root"], statement["tree_size"]
    said = f'{{"at": "{at}", "root": "{root}", "tree_size": {size:d}}}'
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": pem_of(raw(statement["public_key"])).encode(), "message": DOMAIN + said.encode()}
        files["signature"] = raw(statement["signature"])
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        command = [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "key",
            "-rawin",
            "-in",
            "message",
            "-sigfile",
            "signature",
        ]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if "unknown option" in answer.stderr.lower() or "-rawin" in answer.stderr:
        raise Unchecked("openssl 版本过旧，须 3 以上 this openssl is too old; version 3 or later is needed")
    demand(
        answer.returncode == 0 and "Success" in answer.stdout, "存证点签名无效 the signature of the checkpoint is wrong"
    )


def check_fingerprint(statement, typed):
    wanted, given = statement["fingerprint"].replace(" ", ""), "".join(typed.split()).lower()
    if not given:
        raise Unchecked("未输入密钥指纹，请按存证邮件输入 no fingerprint was typed; take it from a checkpoint mail")
    demand(given == wanted, "由另一密钥签名 signed with another key: " + statement["fingerprint"])


def verify(path, typed):
    """Returns the manifest, the events and the checkpoint; raises Rejected or Unchecked."""
    try:
        pack = Unpacked(path) if path.is_dir() else Zipped(path)
        manifest = check_files(pack)
        checkpoint = read_checkpoint(pack)
        rows = check_events(pack, manifest, checkpoint)
        check_signature(checkpoint)
    except (Rejected, Unchecked):
        raise
    except Exception as error:  # whatever cannot even be read was not made by the product
        raise Rejected(f"无法读取 it can't be read: {type(error).__name__}: {error}") from error
    check_fingerprint(checkpoint, typed)
    return manifest, rows, checkpoint


def main():
    asked = argparse.ArgumentParser(description="Checks an evidence pack. 核验证据包。")
    asked.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    asked.add_argument("--fingerprint", default="", help="of the signing key, as the checkpoint mails state it")
    given = asked.parse_args()
    typed = given.fingerprint
    if not typed and sys.stdin.isatty():
        typed = input("密钥指纹 / fingerprint of the key: ")
    try:
        manifest, rows, checkpoint = verify(given.pack, typed)
    except Rejected as reason:
        return said(f"核验不通过 REJECTED: {reason}", 1)
    except Unchecked as reason:
        return said(f"未能完成核验 NOT CHECKED: {reason}", 2)
    number, files = manifest["case"]["number"], len(manifest["files"])
    events, size, at = len(rows), checkpoint["tree_size"], checkpoint["at"]
    said(f"核验通过 VERIFIED: {number} · {files} files · {events} events of a record of {size}, signed {at}", 0)
    return said(f"{files} 个文件、{events} 条事件自 {at} 签名以来未被改动；签名密钥的指纹与您输入的一致。", 0)


def said(words, code):
    sys.stdout.reconfigure(errors="replace")  # a console of Windows has its own character set
    sys.stdout.write(words + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
