"""The primitives of a frame: every one says what it wanted, where, and what it found instead."""

import math
import struct

MAX_INTEGER = 2**53 - 1
MAX_PACKED = 2**52
MAX_TIME_MS = 8.64e15


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

    def f64(self, what):
        """A double that is a number: infinite it may be, NaN it is not."""
        at = self.at
        got = struct.unpack("<d", self.take(what, 8))[0]
        if math.isnan(got):
            raise Refusal(what, at, got, "a number")
        return got

    def time(self, what):
        """Epoch ms."""
        at = self.at
        got = self.f64(what)
        if abs(got) > MAX_TIME_MS:
            raise Refusal(what, at, got, f"within {MAX_TIME_MS} ms of 1970")
        return got

    def text(self, what):
        length = self.u8(f"length of {what}", 1, 32)
        at = self.at
        got = self.take(what, length)
        if not all(0x21 <= byte <= 0x7E for byte in got):
            raise Refusal(what, at, got.hex(" "), "bytes 21 to 7e")
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
            raise Refusal(what, at, f"{value} in {shift // 7} bytes", "as few bytes as it takes")
        if value > most:
            raise Refusal(what, at, value, f"at most {most}")
        return value

    def packed(self, what, count):
        """`count` integers of a packed list."""
        if count == 0:
            return []
        base = self.varint(f"base of {what}", MAX_PACKED)
        low_bits, limit, wide_bits = (self.u8(f"{part} of {what}", 0, most) for part, most in (("lowBits", 24), ("limit", 16), ("wideBits", 53)))
        bits = Bits(self, what)
        found = []
        for _ in range(count):
            at, ones = self.at, 0
            while ones < limit and bits.number(1):
                ones += 1
            integer = base + (ones << low_bits) + bits.number(wide_bits if ones == limit else low_bits)
            if integer > MAX_PACKED:
                raise Refusal(what, at, integer, f"at most {MAX_PACKED}")
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
