"""From a store of articles to a panel of regions and months, and a regression on it.

python corpus_to_regression.py [STORE] writes panel.csv and prints a table. STORE is an SQLAlchemy URL or the path of a
SQLite file; default: the store that `conflict-map` uses.

The question, as an example: do shelling and fighting in a region and month go with more reported violence against
civilians there in the month after? Regions differ for good (how many papers write of them), so each is compared with
itself; errors are clustered by region. What is counted are incidents: reports of one event count once.
"""

import sys

import numpy as np
import pandas as pd

from geo.settings import Settings
from geo.store import Store

EXPLAINING = ["battle", "explosion"]
EXPLAINED = "violence_against_civilians"

# 1. Events, as corrected by hand where somebody did.
with Store(sys.argv[1] if len(sys.argv) > 1 else Settings.from_environment().store, read_only=True) as store:
    events = store.events()

# 2. What may be counted: reported, in a known region, in one known month. Each line that is left out is said.
steps = {"events": events}
steps["reported or claimed"] = events[events["status"].isin(["reported", "claimed"])]
steps["in a known region"] = steps["reported or claimed"].dropna(subset=["country_code", "admin1"])
dated = steps["in a known region"].dropna(subset=["date_start", "date_end"])
within_a_month = dated["date_start"].dt.to_period("M") == dated["date_end"].dt.to_period("M")
steps["in one month"] = dated[within_a_month]
counted = steps["in one month"].drop_duplicates("incident")
steps["each incident once"] = counted
for what, rows in steps.items():
    print(f"{what:<22} {len(rows):>7,}")

# 3. The panel: every region in every month from its first event to the last month of all, zeros included.
unit = counted["country_code"] + "/" + counted["admin1"]
month = counted["date_start"].dt.to_period("M")
table = pd.crosstab([unit.rename("region"), month.rename("month")], counted["type"])
table = table.reindex(columns=[*EXPLAINING, EXPLAINED], fill_value=0)
last = month.max()
index = pd.MultiIndex.from_tuples(
    [
        (region, each)
        for region, first in month.groupby(unit).min().items()
        for each in pd.period_range(first, last, freq="M")
    ],
    names=["region", "month"],
)
panel = table.reindex(index, fill_value=0).reset_index()
panel[f"{EXPLAINED}_next"] = panel.groupby("region")[EXPLAINED].shift(-1)
panel.to_csv("panel.csv", index=False)
print(f"\npanel.csv: {len(panel):,} months of {panel['region'].nunique()} regions")

# 4. Least squares within regions; standard errors clustered by region (Liang and Zeger 1986).
sample = panel.dropna(subset=[f"{EXPLAINED}_next"])
if sample.empty:
    sys.exit("No region has two months with reports: nothing can be estimated. Read more articles.")
within = sample[[*EXPLAINING, f"{EXPLAINED}_next"]] - sample.groupby("region")[
    [*EXPLAINING, f"{EXPLAINED}_next"]
].transform("mean")
x, y = within[EXPLAINING].to_numpy(float), within[f"{EXPLAINED}_next"].to_numpy(float)
bread = np.linalg.pinv(x.T @ x)
slopes = bread @ x.T @ y
residuals = y - x @ slopes
scores = [x[rows].T @ residuals[rows] for rows in sample.groupby("region").indices.values()]
errors = np.sqrt(np.diag(bread @ sum(np.outer(score, score) for score in scores) @ bread))

print(f"\n{EXPLAINED} in the next month, regions held fixed, n = {len(sample):,}")
print(f"{'':<12}{'estimate':>10}{'std. error':>12}")
for name, slope, error in zip(EXPLAINING, slopes, errors, strict=True):
    print(f"{name:<12}{slope:>10.3f}{error:>12.3f}")
