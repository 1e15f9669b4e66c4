"""Decodes frames line by line, one JSON answer a line, until stdin ends.

    topic <decimals, two hex digits a series>   begins a topic of which nothing is held
    frame <frame in base64>                     applies it to that topic
    packed <how many> <hex>                     reads a packed list, for the example of the page

An answer to `frame` has `did` ("applied", "old", "resync" or "refused"), `why` if it was refused, `header` if it was not, and `picture`:
what is held afterwards, the columns one after the other (f64 × 4, u8, u16 × 2, little-endian, all series), in base64.
"""

import base64
import json
import struct
import sys
from dataclasses import asdict

from frame import COLUMNS, NOTHING, Topic, decode_header
from frame_bytes import Bytes, Refusal

TYPES = dict(zip(COLUMNS, "ddddBHH"))


def picture(topic):
    count = len(topic.decimals)
    readings = [topic.held.get(series, NOTHING) for series in range(count)]
    columns = [struct.pack(f"<{count}{TYPES[column]}", *(getattr(reading, column) for reading in readings)) for column in COLUMNS]
    return base64.b64encode(b"".join(columns)).decode()


def apply(topic, data):
    try:
        did = topic.apply(data)
    except Refusal as refusal:
        return {"did": "refused", "why": str(refusal), "picture": picture(topic)}
    header, _ = decode_header(data, len(topic.decimals))
    return {"did": did, "header": asdict(header), "picture": picture(topic)}


def main():
    topic = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "topic":
            topic = Topic(bytes.fromhex(words[0]))
            answer = {"did": "begun"}
        elif command == "frame":
            answer = apply(topic, base64.b64decode(words[0], validate=True) if words else b"")
        elif command == "packed":
            answer = {"did": "read", "integers": Bytes(bytes.fromhex(words[1])).packed("example", int(words[0]))}
        else:
            raise ValueError(f"unknown command {command}")
        print(json.dumps(answer), flush=True)


main()
