"""The effect of a rollout by pyfixest's did2s (Gardner 2022), from what each device raised on each day.

Standard input: a list of networks, {"devices": [{"id", "hub", "activated" (a day, or null)}], "counts": [[device, day,
alerts]]}. A row is the change of a device over the windows of a cohort, the 14 days after less the 14 before, of those
activated on the cohort's day and of those not activated by the end of its windows. First stage: the controls' mean change
by cohort; second: what the activated ones have beyond it, with errors by hub.
Standard output: of each {"value", "low", "high", "se"}, and "clusters", the number of hubs.
"""

import json
import sys

import pandas as pd
import pyfixest

WINDOW = 14


def effect_of(network: dict) -> dict:
    devices = pd.DataFrame(network["devices"]).set_index("id")
    counts = pd.DataFrame(network["counts"], columns=["device", "day", "alerts"])
    by_day = counts.pivot_table(index="device", columns="day", values="alerts", aggfunc="sum", fill_value=0)
    by_day = by_day.reindex(index=devices.index, fill_value=0)
    days = range(int(counts["day"].max()) + 1)
    by_day = by_day.reindex(columns=days, fill_value=0)

    rows = []
    for cohort in sorted(devices["activated"].dropna().unique()):
        day = int(cohort)
        after = by_day.loc[:, day + 1 : day + WINDOW].mean(axis=1)
        before = by_day.loc[:, day - WINDOW : day - 1].mean(axis=1)
        part = devices.assign(change=after - before, cohort=day)
        own = part["activated"] == day
        control = part["activated"].isna() | (part["activated"] > day + WINDOW)
        rows.append(part[own | control].assign(activated_now=own[own | control].astype(int)))
    changes = pd.concat(rows).reset_index(drop=True)

    fit = pyfixest.did2s(
        changes,
        yname="change",
        first_stage="~ 0 | cohort",
        second_stage="~ 0 + activated_now",
        treatment="activated_now",
        cluster="hub",
    )
    found = fit.tidy().loc["activated_now"]
    told = {"value": found["Estimate"], "se": found["Std. Error"], "low": found["2.5%"], "high": found["97.5%"]}
    return {**told, "clusters": int(changes["hub"].nunique())}


print(json.dumps([effect_of(network) for network in json.load(sys.stdin)]))
