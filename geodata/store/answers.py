"""A cache that belongs to a dataset: results are computed once and are freed with the dataset."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from geodata.store.dataset import Dataset

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class Answers:
    """The cached results of a dataset, by function and by arguments."""

    _results: dict[Callable[..., Any], OrderedDict[Hashable, Future[Any]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    """Held while the cache is read or changed, never while a result is computed."""

    def reserve(self, work: Callable[..., Any], arguments: Hashable, most: int) -> tuple[Future[Any], bool]:
        """The result as a `Future`, and whether it is new: the caller must then compute it."""
        with self._lock:
            cached = self._results.setdefault(work, OrderedDict())
            is_new = arguments not in cached
            answer = cached.setdefault(arguments, Future())
            cached.move_to_end(arguments)
            if len(cached) > most:
                cached.popitem(last=False)
            return answer, is_new

    def drop(self, work: Callable[..., Any], arguments: Hashable) -> None:
        """Removes a result whose computation raised an error."""
        with self._lock:
            self._results[work].pop(arguments, None)


def remembered(most: int) -> Callable[[Callable[Concatenate[Dataset, P], T]], Callable[Concatenate[Dataset, P], T]]:
    """A decorator: the dataset given to the function keeps the last ``most`` results, and they are freed with it.

    Arguments must be hashable, and a result must not be changed. Callers with the same arguments at the same time wait
    for a single computation. An error is raised for each of them and not kept.
    """

    def decorate(work: Callable[Concatenate[Dataset, P], T]) -> Callable[Concatenate[Dataset, P], T]:
        @wraps(work)
        def answered(dataset: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> T:
            arguments = (args, tuple(sorted(kwargs.items())))
            answer, is_new = dataset.answers.reserve(work, arguments, most)
            if is_new:
                try:
                    answer.set_result(work(dataset, *args, **kwargs))
                except BaseException as error:
                    dataset.answers.drop(work, arguments)
                    answer.set_exception(error)
            return cast(T, answer.result())

        return answered

    return decorate
