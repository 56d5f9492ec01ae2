#!/usr/bin/env python3
"""Second opinion on the GBCS alert vectors: an independent reading of the bytes, standard library only.

    check_vectors.py                    vectors against test/fixtures/vectors/expected.csv
    check_vectors.py --decoded FILE|-   also the JSON lines that `tocsin decode` printed for all the vectors

Exits 1 if anything disagrees, naming it.
"""

import argparse
import csv
import json
import pathlib
import re
import sys
from datetime import datetime, timedelta, timezone

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "vectors"
FIELDS = ("device", "target", "counter", "message_code", "alert_code", "raised_at")

# The grouping header has one shape in all alerts, so it is found as a pattern, wherever it stands.
GROUPING = re.compile(
    rb"\xdf\x09\x03(?P<counter>.{8})\x08(?P<device>.{8})\x08(?P<target>.{8})\x00\x02(?P<message_code>..)",
    re.DOTALL,
)
DLMS = re.compile(rb"\x0f.{4}\x00\x02.\x12(?P<code>..)\x09\x0c(?P<time>.{12})", re.DOTALL)
ASN1 = re.compile(rb"\x30(?:[\x00-\x7f]|\x81.|\x82..)\x02\x03\x00(?P<code>..)\x18\x0f(?P<time>\d{14})Z", re.DOTALL)
ZIGBEE = re.compile(rb"\x01\x09.(?P<code>..)(?P<time>.{4})", re.DOTALL)


def eui64(octets):
    return octets.hex("-").upper()


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def dlms_time(octets):
    year = int.from_bytes(octets[:2], "big")
    month, day, _weekday, hour, minute, second = octets[2:8]
    deviation = int.from_bytes(octets[9:11], "big", signed=True)
    local = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    return local if deviation == -0x8000 else local + timedelta(minutes=deviation)


def asn1_time(octets):
    return datetime.strptime(octets.decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)


def zigbee_time(octets):
    return datetime(2000, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int.from_bytes(octets, "big"))


def body_of(message, start):
    """The body and what follows it; its length is one byte, or 81 or 82 and one or two bytes."""
    first = message[start]
    extra = first - 0x80 if first >= 0x80 else 0
    begin = start + 1 + extra
    length = int.from_bytes(message[start + 1 : begin], "big") if extra else first
    return message[begin : begin + length], message[begin + length :]


def read_vector(message):
    header = GROUPING.search(message)
    if not header or (header.start() == 0) != (message[0] == 0xDF):
        raise ValueError("no grouping header where one belongs")
    if message[0] == 0xDD and not message[: header.start()].endswith(b"\x11\0\0\0\0"):
        raise ValueError("no security header before the grouping header")
    if message[0] == 0xDD and body_of(message, 7)[1]:
        raise ValueError("bytes after the MAC")
    body, rest = body_of(message, header.end())
    if len(rest) != (13 if message[0] == 0xDD else 65):
        raise ValueError(f"{len(rest)} bytes after the body, neither an empty signature and a MAC nor a signature")
    for shape, time_of in ((DLMS, dlms_time), (ASN1, asn1_time), (ZIGBEE, zigbee_time)):
        found = shape.match(body)
        if found:
            break
    else:
        raise ValueError("body of no known shape")
    return {
        "device": eui64(header["device"]),
        "target": eui64(header["target"]),
        "counter": str(int.from_bytes(header["counter"], "big")),
        "message_code": header["message_code"].hex().upper(),
        "alert_code": found["code"].hex().upper(),
        "raised_at": iso(time_of(found["time"])),
    }


def check_table(table):
    faults = []
    on_disk = {path.name for path in VECTORS.glob("*.HEX")}
    for name in sorted(on_disk ^ set(table)):
        faults.append(f"{name}: in only one of the table and the folder")
    for name in sorted(on_disk & set(table)):
        try:
            ours = read_vector(bytes.fromhex((VECTORS / name).read_text()))
        except ValueError as fault:
            faults.append(f"{name}: {fault}")
            continue
        for field in FIELDS:
            if ours[field] != table[name][field]:
                faults.append(f"{name}: {field}: read {ours[field]}, table {table[name][field]}")
    return faults


def from_decoded(line):
    alert = json.loads(line)
    if alert["requestId"] != f"{alert['deviceId']}:{alert['target']}:{alert['counter']}":
        raise ValueError(f"requestId {alert['requestId']} is not deviceId:target:counter")
    if alert["encoding"] != "gbcs":
        raise ValueError(f"encoding {alert['encoding']}, expected gbcs")
    moment = datetime.fromisoformat(alert["raisedAt"].replace("Z", "+00:00"))
    return (
        alert["deviceId"],
        alert["target"],
        str(alert["counter"]),
        alert["messageCode"],
        alert["alertCode"],
        iso(moment),
    )


def check_decoded(table, lines):
    faults = []
    decoded = []
    for number, line in enumerate(lines, 1):
        try:
            decoded.append(from_decoded(line))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            faults.append(f"decoded line {number}: {fault!r}")
    expected = [tuple(row[field] for field in FIELDS) for row in table.values()]
    for alert in sorted(set(expected + decoded), key=str):
        if expected.count(alert) != decoded.count(alert):
            faults.append(f"{alert}: {expected.count(alert)} expected, {decoded.count(alert)} decoded")
    return faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--decoded", metavar="FILE", type=argparse.FileType("r"), help="JSON lines of tocsin decode")
    options = arguments.parse_args()
    with open(VECTORS / "expected.csv", newline="") as file:
        table = {row["file"]: row for row in csv.DictReader(file)}
    faults = check_table(table)
    checked = f"{len(table)} vectors"
    if options.decoded:
        lines = [line for line in options.decoded if line.strip()]
        faults += check_decoded(table, lines)
        checked += f", {len(lines)} decoded lines"
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{checked}: {len(faults)} disagreements")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
