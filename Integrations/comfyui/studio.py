"""``posemap studio`` opened from a node: one per scene, on 127.0.0.1; it reports its saves."""

import asyncio
import atexit
import os
import tempfile

from .command import PosemapError, find_command

# The seconds within which a studio must open its scene.
PATIENCE = 60


class Studios:
    """The running studios, one per scene; they end with this process."""

    def __init__(self, saved):
        """``saved`` is called with a scene's path each time a studio saves it."""
        self._saved = saved
        self._running = {}
        self._locks = {}
        atexit.register(self.end)

    async def address(self, path):
        """Return the address of a scene's page, which contains the studio's token.

        Raises PosemapError with the command's message if the studio cannot open the scene.
        """
        path = os.path.realpath(path)
        # Two simultaneous clicks must not open two studios, which would write the same files.
        async with self._locks.setdefault(path, asyncio.Lock()):
            process, address = self._running.get(path, (None, None))
            if process is None or process.returncode is not None:
                process, address = await self._start(path)
                self._running[path] = process, address
            return address

    async def _start(self, path):
        command = find_command()
        # A file rather than a pipe, which would fill up if nobody read it.
        with tempfile.TemporaryFile() as said:
            process = await asyncio.create_subprocess_exec(
                command, "studio", "--no-open", "--tell-saves", "--port", "0", "--", path,
                stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=said,
                # The studio ends with this process, even if this process is killed.
                env={**os.environ, "POSEMAP_ENDS_WITH": str(os.getpid())})
            try:
                line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
            except asyncio.TimeoutError:
                process.kill()
                raise PosemapError(f"The studio did not open {path} in {PATIENCE} seconds.") from None
            if not line:
                await process.wait()
                said.seek(0)
                words = said.read().decode("utf-8", "replace").strip()
                raise PosemapError(words or f"posemap studio ended with {process.returncode}, without a message.")
        # The event loop alone would not keep a reference to the task.
        process.listener = asyncio.ensure_future(self._listen(process, path))
        return process, line.decode().strip()

    async def _listen(self, process, path):
        async for line in process.stdout:
            if line.strip() == b"saved":
                self._saved(path)
        await process.wait()

    def end(self):
        """End all studios; unsaved changes stay in their journals."""
        for process, _ in self._running.values():
            if process.returncode is None:
                try:
                    process.terminate()
                except ProcessLookupError:
                    pass
        self._running.clear()
