"""Every kind of work that is killed, and how often in the long form."""

from __future__ import annotations

from tests.kills import gazetteers, stores, uploads

KINDS = {
    "ingest": stores.INGEST,
    "upload": uploads.UPLOAD,
    "correct": stores.CORRECT,
    "backup": stores.BACKUP,
    "restore": stores.RESTORE,
    "migrate": stores.MIGRATE,
    "copy": stores.COPY,
    "gazetteer": gazetteers.SMALL,
    "packages": gazetteers.PACKAGES,
}
LONG = {
    "ingest": 200,
    "upload": 50,
    "correct": 50,
    "backup": 20,
    "restore": 20,
    "migrate": 20,
    "copy": 20,
    "gazetteer": 50,
    "packages": 10,
}
# On PostgreSQL (`servers`); a kind whose name begins with "server:" has the server killed.
LONG_ON_SERVER = {
    "ingest": 200,
    "upload": 50,
    "correct": 50,
    "copy": 20,
    "server:ingest": 50,
    "server:upload": 20,
    "server:correct": 50,
    "server:copy": 20,
}
# A build out of the packages takes half a minute: the long form only.
SHORT = tuple(kind for kind in KINDS if kind != "packages")
