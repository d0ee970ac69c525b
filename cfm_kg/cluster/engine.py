"""Running tasks on Dask: each writes a work file that others read, so nothing is lost with a worker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from cfm_kg.errors import CfmError

Watch = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""
_PRIVATE = "127.0.0.1:0"
_RETRIES = 2
LOCAL = {"distributed.worker.profile.enabled": False, "distributed.deploy.lost-worker-timeout": "1 day"}
"""Settings of a cluster on this machine. The profiler of Dask looks into a thread from another one, where the
store's answers must not be let go. A worker that died and takes long to start anew is not given up."""
_PATIENCE = 30.0
_AGAIN = "see that scheduler and workers are up, and run the same command again: it goes on where it stopped"


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """A Dask client: of the scheduler at an address, or of so many worker processes on this machine.

    Raises CfmError where there is no such scheduler, or Dask is not installed.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise CfmError(
            "there is no Dask here", why="a package is missing", remedy="pip install 'cfm-kg[cluster]'"
        ) from error
    dd: Any = distributed
    if scheduler is None:
        with (
            dask.config.set(LOCAL),
            dd.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address=_PRIVATE,
                silence_logs=logging.ERROR,
            ) as cluster,
            dd.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = dd.Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise CfmError(
            "the scheduler does not answer", where=scheduler, why=str(error) or None, remedy=_AGAIN
        ) from error
    with client:
        yield client


class Engine:
    """Runs the same function on many inputs, somewhere."""

    def __init__(self, client: Any, watch: Watch) -> None:
        self._client = client
        self._watch = watch

    def run(
        self,
        what: str,
        function: Callable[..., Any],
        inputs: Sequence[tuple[Any, ...]],
        otherwise: Callable[..., Any] | None = None,
    ) -> list[Any]:
        """What the function returns for each of the inputs, in their order.

        Where workers die of an input again and again, or it fails in a way that nobody foresaw, `otherwise`
        is run on it, if given. Raises CfmError, and DamagedError where a task does.
        """
        import distributed

        dd: Any = distributed
        place_of, found = dict[Any, int](), dict[int, Any]()
        self._watch(what, 0, len(inputs))
        try:
            running = dd.as_completed()
            for place, one in enumerate(inputs):
                running.add(self._submit(function, one, place_of, place))
            for future in running:
                if future.status == "lost":  # with its worker, before it was fetched: it is made again
                    running.add(future)
                    continue
                place = place_of.pop(future)
                error = future.exception() if future.status == "error" else None
                if future.status == "cancelled":
                    raise dd.CancelledError(future.key)
                if error is None:
                    found[place] = future.result()
                    self._watch(what, len(found), len(inputs))
                elif otherwise is not None and not isinstance(error, CfmError):
                    running.add(self._submit(otherwise, inputs[place], place_of, place))
                else:
                    raise _explained(what, error)
        except (dd.CancelledError, dd.comm.CommClosedError, TimeoutError) as error:
            raise CfmError("the scheduler was lost", why=f"{what}: {error}", remedy=_AGAIN) from error
        return [found[place] for place in range(len(inputs))]

    def _submit(
        self, function: Callable[..., Any], one: tuple[Any, ...], place_of: dict[Any, int], place: int
    ) -> Any:
        future = self._client.submit(function, *one, pure=False, retries=_RETRIES)
        place_of[future] = place
        return future


def _explained(what: str, error: BaseException) -> BaseException:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return CfmError(
            f"workers died again and again while {what}",
            why=str(error),
            remedy="give workers more memory, or run with a smaller --chunk; what is done is kept",
        )
    if isinstance(error, OSError):
        return CfmError(f"a worker failed while {what}", why=f"{error}", remedy=_AGAIN)
    return error
