"""What can go wrong with the warehouse, each with its cure in the message."""

from __future__ import annotations


class WarehouseError(Exception):
    """Any trouble with the warehouse."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse and did not let go in time."""


class NewerDatabase(WarehouseError):
    """The file was written by a newer release than this one."""


class BrokenDatabase(WarehouseError):
    """The file is no readable warehouse."""


class UnknownQuery(WarehouseError):
    """No shipped query has this name."""


class BadQuery(WarehouseError):
    """The query or its parameters cannot be used."""


class NoSnapshot(WarehouseError):
    """Nothing was published to this path yet."""


class LakeAway(WarehouseError):
    """The server with the catalogue of a lake does not answer."""


class BadImport(WarehouseError):
    """The file does not hold rows of that table."""
