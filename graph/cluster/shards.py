"""A graph as sorted shards, which engines of any size load side by side: N-Quads in lines, and the same as Parquet.

Executors read the store of the generation, which is never written again, one named graph at a time; what is written is the full form, as
`chidao export` gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.cluster.session import Cluster
from chidao.graph.store import Folder, open_generation
from chidao.graph.unfolded import unfolded

_COLUMNS = "subject string, predicate string, object string, graph string"


def write_shards(cluster: Cluster, graph_dir: str | Path, out: str | Path) -> int:
    """Write the folders OUT/nquads and OUT/parquet, which must not be there yet; returns how many quads they hold.

    Quads are sorted over all shards. Raises GraphError for a graph that is missing or damaged, ChidaoError for a folder that is there.
    """
    out = Path(out).absolute()
    if out.exists() and any(out.iterdir()):
        raise ChidaoError("is there already, and not empty", path=str(out))
    generation = Folder(graph_dir).current()
    graphs = sorted(graph.value for graph in open_generation(generation).named_graphs())
    spark = cluster.spark
    parts = min(len(graphs), 4 * cluster.width)
    terms = spark.sparkContext.parallelize(graphs, parts).mapPartitions(partial(_terms, str(generation.absolute())))
    frame = spark.createDataFrame(terms, _COLUMNS).sort("subject", "predicate", "object", "graph").persist()
    try:
        frame.write.parquet(f"{out.as_uri()}/parquet", compression="zstd")
        frame.selectExpr("concat_ws(' ', subject, predicate, object, graph, '.') AS value").write.text(
            f"{out.as_uri()}/nquads"
        )
        held: int = frame.count()
        return held
    finally:
        frame.unpersist()


def _terms(generation: str, graphs: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """On an executor: the quads of named graphs, each term as N-Quads writes it."""
    store = open_generation(Path(generation))
    for graph in graphs:
        name = pyoxigraph.NamedNode(graph)
        for quad in unfolded(store, store.quads_for_pattern(None, None, None, name)):
            yield str(quad.subject), str(quad.predicate), str(quad.object), str(name)
