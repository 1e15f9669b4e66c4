"""Decodes binary frames. Written from shared/frame/README.md alone: it shares nothing with the project's own reader."""

import math
from dataclasses import dataclass, replace

from frame_bytes import MAX_TIME_MS, Bytes, Refusal

MAX_UNITS = 2**50
MAX_DECIMALS = 3
MAX_MEMBERS = 65_535
MAX_SERIES = 1_000_000
INTEGERS, FOR_ALL, GONE, DOUBLES = 1, 2, 4, 8
NUMBERS = ("value", "numerator", "denominator", "observed_at_ms")
COLUMNS = NUMBERS + ("status", "members_fresh", "members_expected")
FRESHNESS = ("never", "fresh", "late", "stale", "dead")
PROVENANCE = ("measured", "declared", "reported", "derived", "simulated", "illustrative")
SNAPSHOT, DELTA = 1, 2


@dataclass(frozen=True)
class Header:
    """Times in epoch ms (doubles), epoch as 16 hex digits, positions as integers; base_seq is 0 in a snapshot."""

    kind: int
    server_time_ms: float
    data_time_ms: float
    epoch: str
    seq: int
    base_seq: int
    series_count: int
    channel: str
    topic: str


@dataclass
class Reading:
    """What is held of one series. NaN stands for "no number"; status is the packed byte; times in epoch ms."""

    value: float = math.nan
    numerator: float = math.nan
    denominator: float = math.nan
    observed_at_ms: float = math.nan
    status: int = 0
    members_fresh: int = 0
    members_expected: int = 0


NOTHING = Reading()


def decode_header(data, table_size):
    """Header of the frame and the reader, standing at the first byte of the body. `table_size`: series of the edition. Raises Refusal."""
    source = Bytes(data)
    source.constant("magic", b"DVP1")
    source.constant("layout version", b"\x01")
    kind = source.u8("kind", SNAPSHOT, DELTA)
    length = source.u16("header length")
    times = [source.time(what) for what in ("server time", "data time")]
    epoch = source.take("epoch", 8).hex()
    seq = source.varint("seq")
    base_at = source.at
    base_seq = source.varint("baseSeq")
    count_at = source.at
    series_count = source.varint("series count", MAX_SERIES)
    if series_count != table_size:
        raise Refusal("series count", count_at, series_count, f"{table_size}, as in the edition's table")
    header = Header(kind, *times, epoch, seq, base_seq, series_count, source.text("channel"), source.text("topic"))
    if source.at != length:
        raise Refusal("header length", 6, length, f"{source.at}, where the topic ends")
    if kind == SNAPSHOT and base_seq != 0:
        raise Refusal("baseSeq of a snapshot", base_at, base_seq, "0")
    if kind == DELTA and base_seq >= seq:
        raise Refusal("baseSeq of a delta", base_at, base_seq, f"below its seq, {seq}")
    return header, source


class Body:
    """The body of one frame on top of the readings held: nothing is written to `held`, what it becomes is in `readings`."""

    def __init__(self, source, header, decimals, held):
        self.source, self.header, self.decimals, self.held = source, header, decimals, held
        self.readings = {}
        self.forgotten = []

    def read(self):
        if self.header.kind == SNAPSHOT:
            self.read_ranges()
        count = self.source.varint("changed", self.header.series_count)
        if count > 0:
            self.changed = self.source.positions("changed series", count, self.header.series_count)
            self.check_inside_ranges()
            for series in self.changed:
                if series not in self.readings:
                    self.readings[series] = replace(self.held.get(series, NOTHING))
            for column in COLUMNS:
                self.read_block(column)
        self.source.end()

    def read_ranges(self):
        end = 0
        for _ in range(self.source.varint("number of ranges", self.header.series_count)):
            start = end + self.source.varint("start of a range", self.header.series_count - end)
            at = self.source.at
            end = start + self.source.varint("length of a range", self.header.series_count - start)
            if end == start:
                raise Refusal("length of a range", at, 0, "1 or more")
            self.forgotten.append(range(start, end))
            self.readings.update((series, Reading()) for series in range(start, end))

    def check_inside_ranges(self):
        if self.header.kind == DELTA:
            return
        for series in self.changed:
            if series not in self.readings:
                raise Refusal("changed series of a snapshot", self.source.at, series, f"one of {self.forgotten}")

    def read_block(self, column):
        flags_at = self.source.at
        flags = self.source.u8(f"flags of {column}")
        allowed = INTEGERS | FOR_ALL | (GONE | DOUBLES if column in NUMBERS else 0)
        if flags & ~allowed or (flags & FOR_ALL and not flags & INTEGERS):
            raise Refusal(f"flags of {column}", flags_at, flags, f"bits of {allowed}, 2 only with 1")
        if flags == 0:
            return
        decimals = self.source.u8(f"decimals of {column}", 0, MAX_DECIMALS) if column in ("numerator", "denominator") else None
        written = set()
        if flags & INTEGERS:
            some = self.changed if flags & FOR_ALL else self.some_of(column, written)
            self.read_integers(column, some, decimals)
            written.update(some)
        if flags & GONE:
            for series in self.some_of(column, written):
                setattr(self.readings[series], column, math.nan)
        if flags & DOUBLES:
            for series in self.some_of(column, written):
                number = self.source.time(column) if column == "observed_at_ms" else self.source.f64(column)
                setattr(self.readings[series], column, number)

    def some_of(self, column, written):
        """Series numbers of the next n and n positions; none of them may have been written to by this block before."""
        at = self.source.at
        count = self.source.varint(f"how many of {column}", len(self.changed))
        some = [self.changed[place] for place in self.source.positions(column, count, len(self.changed))]
        for series in some:
            if series in written:
                raise Refusal(f"series of {column}", at, series, "one that is named once in the block")
        written.update(some)
        return some

    def read_integers(self, column, some, block_decimals):
        if column == "status":
            return self.read_status(some)
        at = self.source.at
        for series, integer in zip(some, self.source.packed(column, len(some))):
            step = unzigzag(integer)
            reading = self.readings[series]
            if column == "observed_at_ms":
                time_ms = (math.floor(self.header.data_time_ms / 1000) + step) * 1000
                if abs(time_ms) > MAX_TIME_MS:
                    raise Refusal(f"{column} of series {series}", at, time_ms, f"within {MAX_TIME_MS} ms of 1970")
                reading.observed_at_ms = float(time_ms)
            elif column in NUMBERS:
                scale = 10 ** (self.decimals[series] if block_decimals is None else block_decimals)
                setattr(reading, column, (units_held(getattr(reading, column), scale) + step) / scale)
            else:
                members = getattr(reading, column) + step
                if not 0 <= members <= MAX_MEMBERS:
                    raise Refusal(f"{column} of series {series}", at, members, f"0 to {MAX_MEMBERS}")
                setattr(reading, column, members)

    def read_status(self, some):
        size = self.source.varint("size of the dictionary", 256)
        at = self.source.at
        dictionary = self.source.take("dictionary", size)
        for place, status in enumerate(dictionary):
            status_names(status, at + place)
        at = self.source.at
        for series, place in zip(some, self.source.packed("status", len(some))):
            if place >= size:
                raise Refusal(f"status of series {series}", at, place, f"a place below {size}")
            self.readings[series].status = dictionary[place]


def unzigzag(integer):
    return integer // 2 if integer % 2 == 0 else -(integer + 1) // 2


def units_held(number, scale):
    """Whole units of 1/scale in the number held, 0 when it is none or no whole number of them."""
    if not math.isfinite(number) or abs(number) * scale > 2 * MAX_UNITS:
        return 0
    units = round(number * scale)
    return units if abs(units) <= MAX_UNITS and units / scale == number else 0


def status_names(status, at=0):
    """(freshness, provenance, comparator) of a status byte; comparator 0 to 3. Raises Refusal for a name there is none of."""
    freshness, provenance, comparator = status & 7, status >> 3 & 7, status >> 6
    if freshness >= len(FRESHNESS) or provenance >= len(PROVENANCE):
        raise Refusal("status", at, status, "freshness 0 to 4, provenance 0 to 5")
    return FRESHNESS[freshness], PROVENANCE[provenance], comparator


class Topic:
    """The readings of one topic, as a client holds them.

    `decimals`: one number for each series of the edition. `held`: series number to Reading; a series that is missing has nothing.
    """

    def __init__(self, decimals):
        self.decimals, self.held, self.epoch, self.seq = decimals, {}, None, None

    def apply(self, data):
        """Applies one frame, whole or not at all.

        Returns "applied"; "old" for a delta that is behind; "resync" for one that does not continue what is held. Raises Refusal.
        """
        header, source = decode_header(data, len(self.decimals))
        if header.kind == DELTA and header.epoch != self.epoch:
            return "resync"
        if header.kind == DELTA and header.seq <= self.seq:
            return "old"
        if header.kind == DELTA and header.base_seq != self.seq:
            return "resync"
        body = Body(source, header, self.decimals, self.held)
        body.read()
        self.held.update(body.readings)
        self.epoch, self.seq = header.epoch, header.seq
        return "applied"
