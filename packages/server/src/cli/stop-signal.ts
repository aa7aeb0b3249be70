/**
 * Resolves at the first SIGINT or SIGTERM, so that the command can end in good order; the
 * second one ends the process at once. Call it before anything is open.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const onSignal = (signal: 'SIGINT' | 'SIGTERM'): void => {
      // Exit codes of a process that a signal ended, as shells count them.
      if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143);
      isStopping = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
