"""The primitives of a frame: every one says what it wanted, where, and what it found instead."""

import math
import struct

MAX_INTEGER = 2**53 - 1


class Refusal(Exception):
    """These bytes are not a frame. `at` is the byte offset; `what` was being read; `got` was found instead of `expected`."""

    def __init__(self, what, at, got, expected):
        super().__init__(f"{what} at byte {at}: got {got}, expected {expected}")
        self.what, self.at, self.got, self.expected = what, at, got, expected


class Bytes:
    """Reads forward through the bytes. Every method raises Refusal and takes first what it reads, for the message."""

    def __init__(self, data):
        self.data, self.at = bytes(data), 0

    def take(self, what, count):
        left = len(self.data) - self.at
        if count > left:
            raise Refusal(what, self.at, f"{left} bytes left", f"{count} bytes")
        self.at += count
        return self.data[self.at - count : self.at]

    def end(self):
        left = len(self.data) - self.at
        if left:
            raise Refusal("end of the frame", self.at, f"{left} more bytes", "none")

    def constant(self, what, expected):
        at = self.at
        got = self.take(what, len(expected))
        if got != expected:
            raise Refusal(what, at, got.hex(" "), expected.hex(" "))

    def u8(self, what, low=0, high=255):
        at = self.at
        got = self.take(what, 1)[0]
        if not low <= got <= high:
            raise Refusal(what, at, got, f"{low} to {high}")
        return got

    def u16(self, what):
        return struct.unpack("<H", self.take(what, 2))[0]

    def finite(self, what):
        """A double that is a number: neither NaN nor infinite."""
        at = self.at
        got = struct.unpack("<d", self.take(what, 8))[0]
        if not math.isfinite(got):
            raise Refusal(what, at, got, "a finite number")
        return got

    def text(self, what):
        at = self.at
        got = self.take(what, self.u8(f"length of {what}"))
        if not got.isascii():
            raise Refusal(what, at, got, "ASCII")
        return got.decode("ascii")

    def varint(self, what, most=MAX_INTEGER):
        at, value, shift = self.at, 0, 0
        while True:
            byte = self.take(what, 1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
            if shift > 53:
                raise Refusal(what, at, "more than 8 bytes", f"at most {MAX_INTEGER}")
        if byte == 0 and shift > 7:
            raise Refusal(what, at, f"{value} in {shift // 7} bytes", "no empty last byte")
        if value > most:
            raise Refusal(what, at, value, f"at most {most}")
        return value

    def packed(self, what, count, most=MAX_INTEGER):
        """`count` integers of a packed list; each is at most `most`."""
        if count == 0:
            return []
        base = self.varint(f"base of {what}", most)
        low_bits, limit, wide_bits = (self.u8(f"{part} of {what}") for part in ("lowBits", "limit", "wideBits"))
        bits = Bits(self, what)
        found = []
        for _ in range(count):
            at, ones = self.at, 0
            while ones < limit and bits.number(1):
                ones += 1
            integer = base + (ones << low_bits) + bits.number(wide_bits if ones == limit else low_bits)
            if integer > most:
                raise Refusal(what, at, integer, f"at most {most}")
            found.append(integer)
        bits.end()
        return found

    def positions(self, what, count, below):
        """`count` ascending numbers, each less than `below`."""
        at, following, found = self.at, 0, []
        for gap in self.packed(what, count):
            following += gap + 1
            if following > below:
                raise Refusal(f"positions of {what}", at, following - 1, f"less than {below}")
            found.append(following - 1)
        return found


class Bits:
    """A run of bits inside `source`, each byte's lowest first."""

    def __init__(self, source, what):
        self.source, self.what, self.held, self.count = source, what, 0, 0

    def number(self, width):
        while self.count < width:
            self.held |= self.source.take(f"bits of {self.what}", 1)[0] << self.count
            self.count += 8
        number = self.held & ((1 << width) - 1)
        self.held >>= width
        self.count -= width
        return number

    def end(self):
        if self.held:
            raise Refusal(f"fill of {self.what}", self.source.at - 1, bin(self.held), "zero bits")
