"""python -m unittest discover -s training"""
import unittest

import evaluate
import judge


def row(model, px, score, set="a"):
    return dict(set=set, model=model, px=px, knn=score, probe=score, nmi=score, ari=score)


class Table(unittest.TestCase):
    def test_means_are_of_models_measured_on_every_set(self):
        table = [row("net", 96, 0.5), row("net", 96, 0.7, "b"), row("other", 96, 0.9)]
        self.assertEqual([(r["model"], r["sets"], round(r["knn"], 6)) for r in evaluate.means(table)], [("net", 2, 0.6)])

    def test_the_input_size_is_that_of_the_best_clusters_and_the_smaller_of_equals(self):
        rows = [row("net", 96, 0.78), row("net", 128, 0.8), row("net", 160, 0.8), row("net", 192, 0.79)]
        rows[0]["knn"] = 0.99
        self.assertEqual(judge.input_size(rows), 128)
        self.assertEqual(judge.input_size(rows[:1]), 96)

    def test_ratios_are_to_the_reference_and_left_out_without_one(self):
        average = evaluate.means([row("net", 96, 0.4), row("ref", 224, 0.8), row("pixels", None, 0.2)])
        names = dict(net="net", ref="ref", pixels="pixels")
        lines = judge.report(average, names, "ref").splitlines()
        self.assertIn("0.50 · 0.50 · 0.50", lines[2])
        self.assertIn("| - |", lines[4])
        self.assertNotIn("ratio", judge.report(average, names, None))


if __name__ == "__main__":
    unittest.main()
