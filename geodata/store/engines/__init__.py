"""The engines that are read, by the first part of a URL. Each file imports its driver only when it connects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.store.answering import Answerer
from geodata.store.engines.postgres import Postgres
from geodata.store.engines.spark import Spark

ENGINES: Mapping[str, Callable[[str], Answerer]] = {"postgres": Postgres, "postgresql": Postgres, "spark": Spark}
