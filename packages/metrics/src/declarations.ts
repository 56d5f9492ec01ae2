/** A metric as Prometheus is told of it, with its unit and what it means. */
export interface Declaration {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** A base unit of Prometheus, or what is counted. The name ends with a base unit. */
  readonly unit:
    | 'seconds'
    | 'bytes'
    | 'messages'
    | 'alerts'
    | 'blocks'
    | 'rows'
    | 'records'
    | 'times'
    | 'buckets'
    | 'devices'
    | 'ratio'
    | 'differences'
    | 'alerts/s'
    | 'boolean';
  readonly meaning: string;
  /** Upper bounds of a histogram, in its unit. */
  readonly buckets?: readonly number[];
}

const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;
const SLOW = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900] as const;

/** What every service tells that takes a topic into the store, under names of its own. */
const intake = <P extends string>(prefix: P) =>
  ({
    messages: {
      name: `${prefix}_messages_total`,
      type: 'counter',
      labels: ['outcome'],
      unit: 'messages',
      meaning: 'Messages delivered, by outcome: accepted, rejected or duplicate.',
    },
    rejects: {
      name: `${prefix}_rejects_total`,
      type: 'counter',
      labels: ['reason'],
      unit: 'messages',
      meaning: 'Messages rejected, by reason.',
    },
    blocks: {
      name: `${prefix}_blocks_total`,
      type: 'counter',
      labels: ['kind'],
      unit: 'blocks',
      meaning: 'Blocks delivered, by kind: new, or replay of a plan found at the start.',
    },
    insertedRows: {
      name: `${prefix}_inserted_rows_total`,
      type: 'counter',
      labels: ['table'],
      unit: 'rows',
      meaning: 'Rows whose insert ClickHouse acknowledged, by table.',
    },
    messageBytes: {
      name: `${prefix}_message_bytes_total`,
      type: 'counter',
      labels: [],
      unit: 'bytes',
      meaning: 'Bytes of the values of all messages taken from Kafka.',
    },
    insertedBytes: {
      name: `${prefix}_inserted_bytes_total`,
      type: 'counter',
      labels: ['table'],
      unit: 'bytes',
      meaning: 'Bytes sent to ClickHouse as rows, by table.',
    },
    insertSeconds: {
      name: `${prefix}_insert_duration_seconds`,
      type: 'histogram',
      labels: ['table'],
      unit: 'seconds',
      buckets: FAST,
      meaning: 'Time from sending an insert to its acknowledgement, by table.',
    },
    commitSeconds: {
      name: `${prefix}_commit_duration_seconds`,
      type: 'histogram',
      labels: ['kind'],
      unit: 'seconds',
      buckets: FAST,
      meaning: 'Time of a commit to Kafka, by kind: plan or next offset.',
    },
    lag: {
      name: `${prefix}_partition_lag_records`,
      type: 'gauge',
      labels: ['partition'],
      unit: 'records',
      meaning: 'Records between the next offset to commit and the end of the partition.',
    },
    lagSeconds: {
      name: `${prefix}_partition_lag_seconds`,
      type: 'gauge',
      labels: ['partition'],
      unit: 'seconds',
      meaning:
        'How long the next record of the partition has waited, since an end of the log beyond it was first seen; 0 where none waits.',
    },
    halted: {
      name: `${prefix}_partition_halted`,
      type: 'gauge',
      labels: ['partition'],
      unit: 'boolean',
      meaning: '1 while the partition is halted because going on could lose or double messages, otherwise 0.',
    },
    retries: {
      name: `${prefix}_retries_total`,
      type: 'counter',
      labels: ['step'],
      unit: 'times',
      meaning: 'Steps of a delivery tried again, by step.',
    },
  }) as const satisfies Record<string, Declaration>;

/** Every metric that a service of ours exposes, by service, beside what prom-client says of the process. */
export const DECLARATIONS = {
  processor: {
    ...intake('tocsin'),
    alerts: {
      name: 'tocsin_alerts_total',
      type: 'counter',
      labels: ['code', 'suppression', 'remedy'],
      unit: 'alerts',
      meaning:
        'Alerts accepted (the sum of N), by alert code, suppression and remedy as they were judged then; codes outside the catalogue are under "unknown".',
    },
    directoryDevices: {
      name: 'tocsin_directory_devices',
      type: 'gauge',
      labels: [],
      unit: 'devices',
      meaning: 'Devices that the directory knows.',
    },
    directoryBytes: {
      name: 'tocsin_directory_bytes',
      type: 'gauge',
      labels: [],
      unit: 'bytes',
      meaning: 'Memory of the directory.',
    },
    directoryCurrent: {
      name: 'tocsin_directory_current_timestamp_seconds',
      type: 'gauge',
      labels: [],
      unit: 'seconds',
      meaning: 'When the directory last knew all of the device history, in seconds since the epoch.',
    },
    unknownDevices: {
      name: 'tocsin_unknown_device_alerts_total',
      type: 'counter',
      labels: [],
      unit: 'alerts',
      meaning: 'Alerts accepted of a code in the catalogue whose device was not known at their time.',
    },
    corrected: {
      name: 'tocsin_corrected_rows_total',
      type: 'counter',
      labels: [],
      unit: 'rows',
      meaning:
        'Corrections of alerts that were committed, because the inventory or the registries say otherwise by now.',
    },
  },
  inventory: {
    ...intake('tocsin_inventory'),
    events: {
      name: 'tocsin_inventory_events_total',
      type: 'counter',
      labels: ['event'],
      unit: 'messages',
      meaning: 'Events accepted into the device history, by kind.',
    },
  },
  builder: {
    builds: {
      name: 'tocsin_builds_total',
      type: 'counter',
      labels: ['target', 'outcome'],
      unit: 'times',
      meaning: 'Builds of a bucket, by derived table and outcome: committed or failed.',
    },
    buildSeconds: {
      name: 'tocsin_build_duration_seconds',
      type: 'histogram',
      labels: ['target'],
      unit: 'seconds',
      buckets: SLOW,
      meaning: 'Time of one build, from reading the raw rows to its row in builds, by derived table.',
    },
    staleBuckets: {
      name: 'tocsin_stale_buckets',
      type: 'gauge',
      labels: ['target'],
      unit: 'buckets',
      meaning:
        'Closed buckets that have no fresh build, by derived table; answers read them from the raw rows.',
    },
    staleSeconds: {
      name: 'tocsin_stale_longest_seconds',
      type: 'gauge',
      labels: ['target'],
      unit: 'seconds',
      meaning:
        'How long a closed bucket has been without a fresh build at most, as this builder saw it, by derived table; 0 where none is.',
    },
    lastBuild: {
      name: 'tocsin_build_last_timestamp_seconds',
      type: 'gauge',
      labels: ['target'],
      unit: 'seconds',
      meaning: 'When this builder last committed a build, in seconds since the epoch, by derived table.',
    },
    retries: {
      name: 'tocsin_builder_retries_total',
      type: 'counter',
      labels: ['step'],
      unit: 'times',
      meaning: 'Steps of the builder tried again, by step.',
    },
  },
  exporter: {
    feedReceived: {
      name: 'tocsin_network_feed_received_messages',
      type: 'gauge',
      labels: ['region'],
      unit: 'messages',
      meaning: "Messages of a region's devices in the last five minutes, by when the network received them.",
    },
    feedExpected: {
      name: 'tocsin_network_feed_expected_messages',
      type: 'gauge',
      labels: ['region'],
      unit: 'messages',
      meaning:
        'Messages expected of a region in five minutes: the median of this hour of the week in the four weeks before; not there while fewer than two are known.',
    },
    feedSilence: {
      name: 'tocsin_network_feed_silence_seconds',
      type: 'gauge',
      labels: ['region'],
      unit: 'seconds',
      meaning:
        'Since the newest message of a region. Of one that was not heard of for over two hours: since then at least.',
    },
    feedCompleteness: {
      name: 'tocsin_network_feed_completeness_ratio',
      type: 'gauge',
      labels: ['region'],
      unit: 'ratio',
      meaning: 'Messages received by those expected of a region in the last hour that is over.',
    },
    alertRate: {
      name: 'tocsin_network_alerts_per_second',
      type: 'gauge',
      labels: ['suppression'],
      unit: 'alerts/s',
      meaning: 'Alerts (the sum of N) of the last hour that is over, by suppression, as corrected by now.',
    },
    suppressible: {
      name: 'tocsin_network_suppressible_ratio',
      type: 'gauge',
      labels: [],
      unit: 'ratio',
      meaning: 'Suppressible alerts by all alerts of the last 24 hours that are over.',
    },
    unstoppable: {
      name: 'tocsin_network_unstoppable_ratio',
      type: 'gauge',
      labels: [],
      unit: 'ratio',
      meaning: 'Unstoppable alerts by all alerts of the last 24 hours that are over.',
    },
    usuallyUnstoppable: {
      name: 'tocsin_network_unstoppable_usual_ratio',
      type: 'gauge',
      labels: [],
      unit: 'ratio',
      meaning: 'Unstoppable alerts by all alerts of the seven days before those.',
    },
    codeRate: {
      name: 'tocsin_network_code_alerts_per_second',
      type: 'gauge',
      labels: ['code'],
      unit: 'alerts/s',
      meaning:
        'Alerts of the last hour that is over, by alert code; codes outside the catalogue are under "unknown".',
    },
    codeUsualRate: {
      name: 'tocsin_network_code_usual_alerts_per_second',
      type: 'gauge',
      labels: ['code'],
      unit: 'alerts/s',
      meaning: 'The median of the same hour of the week in the six weeks before, by alert code of that hour.',
    },
    codeScore: {
      name: 'tocsin_network_code_spike_score',
      type: 'gauge',
      labels: ['code'],
      unit: 'ratio',
      meaning:
        'How far above its usual the hour is, in spreads: 1.4826 median absolute deviations, at least what chance gives.',
    },
    load: {
      name: 'tocsin_network_load_alerts_per_second',
      type: 'gauge',
      labels: ['component'],
      unit: 'alerts/s',
      meaning: 'Load of the tightest minute of the last hour that is over, by component.',
    },
    capacity: {
      name: 'tocsin_network_capacity_alerts_per_second',
      type: 'gauge',
      labels: ['component'],
      unit: 'alerts/s',
      meaning: 'Capacity at that minute, as the registry has it, by component.',
    },
    headroom: {
      name: 'tocsin_network_headroom_ratio',
      type: 'gauge',
      labels: ['component'],
      unit: 'ratio',
      meaning: '1 - load / capacity at that minute, by component; end-to-end is the tightest of all.',
    },
    gate: {
      name: 'tocsin_network_migration_gate_state',
      type: 'gauge',
      labels: ['state'],
      unit: 'boolean',
      meaning: '1 for what the last hour that is over says of migrations: go, caution or stop; otherwise 0.',
    },
    read: {
      name: 'tocsin_network_read_timestamp_seconds',
      type: 'gauge',
      labels: ['part'],
      unit: 'seconds',
      meaning: 'When the gauges of a part (feed, hours) were last read whole, in seconds since the epoch.',
    },
    differences: {
      name: 'tocsin_verify_differences',
      type: 'gauge',
      labels: [],
      unit: 'differences',
      meaning: "Differences that the last proof of the store found; 'tocsin verify' names them.",
    },
    verified: {
      name: 'tocsin_verify_last_timestamp_seconds',
      type: 'gauge',
      labels: [],
      unit: 'seconds',
      meaning: 'When the last proof of the store ended, in seconds since the epoch.',
    },
  },
  api: {
    requests: {
      name: 'tocsin_api_request_duration_seconds',
      type: 'histogram',
      labels: ['route', 'status'],
      unit: 'seconds',
      meaning: 'Duration of requests to the API, by route and HTTP status.',
      buckets: SLOW,
    },
  },
} as const satisfies Record<string, Record<string, Declaration>>;

/** A service of ours that has metrics. */
export type ServiceName = keyof typeof DECLARATIONS;
