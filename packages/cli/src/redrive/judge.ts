import type { DeadLetter } from '@tocsin/clickhouse';
import {
  createAlert,
  decode,
  formatEui64,
  parseEui64,
  readInventory,
  validateReceivedAt,
} from '@tocsin/domain';
import type { readRedriveConfig } from '../config.ts';

type Limits = Pick<ReturnType<typeof readRedriveConfig>, 'futureTolerance' | 'retention' | 'announce'>;

/** The device (`00-DB-…`) of a letter that its service would accept now; null for any other. */
export type Judge = (letter: Pick<DeadLetter, 'key' | 'value' | 'takenAt'>) => string | null;

export function judgeOf(kind: 'alerts' | 'inventory', limits: Limits): Judge {
  return kind === 'alerts' ? alertJudge(limits) : inventoryJudge(limits);
}

function alertJudge({ futureTolerance, retention }: Limits): Judge {
  return ({ value, takenAt }) => {
    const alert = createAlert();
    const now = Date.now();
    const limits = { futureTolerance, sealedBefore: now - retention };
    const reason = decode(value, takenAt, alert) ?? validateReceivedAt(alert.receivedAt, now, limits);
    return reason === null ? formatEui64(alert.device) : null;
  };
}

function inventoryJudge({ announce }: Limits): Judge {
  return ({ value, key }) => {
    const event = readInventory(value, key, { plannedAt: Date.now(), announceMs: announce });
    return typeof event === 'string' ? null : formatEui64(parseEui64(event.deviceId)!);
  };
}
