"""A cache that belongs to a dataset: results are computed once and are freed with the dataset."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from geodata.store import wanted

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

    def drop(self, work: Callable[..., Any], arguments: Hashable, answer: Future[Any]) -> None:
        """Removes a result whose computation raised an error."""
        with self._lock:
            if self._results[work].get(arguments) is answer:
                del self._results[work][arguments]


def _end(answer: Future[Any], error: BaseException) -> None:
    """Tells those who wait: an error of the work is theirs too, what ends this thread alone is not."""
    if isinstance(error, Exception):
        answer.set_exception(error)
    else:
        answer.cancel()
        answer.set_running_or_notify_cancel()


def remembered(most: int) -> Callable[[Callable[Concatenate[Dataset, P], T]], Callable[Concatenate[Dataset, P], T]]:
    """A decorator: the dataset given to the function keeps the last ``most`` results, and they are freed with it.

    Arguments must be hashable, and a result must not be changed. Callers with the same arguments at the same time wait
    for a single computation. An error is raised for each of them and not kept. Where the one who computes is not waited
    for any more (`wanted`), another of them computes instead.
    """

    def decorate(work: Callable[Concatenate[Dataset, P], T]) -> Callable[Concatenate[Dataset, P], T]:
        @wraps(work)
        def answered(dataset: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> T:
            arguments = (args, tuple(sorted(kwargs.items())))
            while True:
                answer, is_new = dataset.answers.reserve(work, arguments, most)
                if is_new:
                    try:
                        answer.set_result(work(dataset, *args, **kwargs))
                    except BaseException as error:
                        dataset.answers.drop(work, arguments, answer)
                        _end(answer, error)
                        raise
                try:
                    return cast(T, wanted.answer(answer))
                except CancelledError:
                    continue  # who computed it was not waited for; another of those who are does

        return answered

    return decorate
