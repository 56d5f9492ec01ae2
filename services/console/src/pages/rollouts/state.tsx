/** How a rollout stands: in words, not by a colour alone. */
export function State({ state, reason }: { state: string; reason: string }) {
  return (
    <p>
      <span className={`mark ${state}`}>
        {(state || 'not told yet').replace('-', ' ')}
        {reason && `: ${reason.replaceAll('-', ' ')}`}
      </span>
    </p>
  );
}
