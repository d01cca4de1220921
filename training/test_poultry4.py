"""python -m unittest discover -s training"""
import os
import tempfile
import unittest

import numpy as np
from PIL import Image

import poultry4


def noise(width, height, seed, low=0, high=200):
    return Image.fromarray(np.random.default_rng(seed).integers(low, high, (height, width, 3), dtype=np.uint8))


def on_white(im, side=250):
    canvas = Image.new("RGB", (side, side), "white")
    canvas.paste(im, ((side - im.width) // 2, (side - im.height) // 2))
    return canvas


class Margin(unittest.TestCase):
    def test_is_cut_on_two_sides_and_on_four(self):
        for size in ((250, 186), (140, 250), (150, 120)):
            self.assertEqual(poultry4.without_margin(on_white(noise(*size, seed=1))).size, size)

    def test_of_a_photo_survives_jpeg(self):
        photo = noise(8, 8, seed=2).resize((200, 160), Image.BICUBIC)
        with tempfile.TemporaryDirectory() as work:
            path = os.path.join(work, "a.jpg")
            on_white(photo).save(path, quality=90)
            width, height = poultry4.without_margin(Image.open(path)).size
        self.assertTrue(200 <= width <= 204 and 160 <= height <= 164, (width, height))  # JPEG smears the border a little

    def test_white_inside_the_picture_stays(self):
        im = noise(200, 200, seed=3)
        im.paste("white", (60, 0, 140, 200))
        self.assertEqual(poultry4.without_margin(on_white(im)).size, (200, 200))

    def test_nothing_but_white_is_nothing(self):
        self.assertIsNone(poultry4.without_margin(Image.new("RGB", (250, 250), "white")))

    def test_no_margin_is_no_change(self):
        self.assertEqual(poultry4.without_margin(noise(250, 250, seed=4)).size, (250, 250))


class Set(unittest.TestCase):
    def test_holds_the_nearly_square_pictures_once_and_says_what_it_left_out(self):
        with tempfile.TemporaryDirectory() as root:
            dataset = os.path.join(root, "dzinampini+poultry-excreta-dataset-curation", "dataset")
            for name in poultry4.CLASSES:
                os.makedirs(os.path.join(dataset, name))

            def put(name, file, im):
                im.save(os.path.join(dataset, name, file), quality=90)

            put("healthy", "healthy1.jpg", on_white(noise(240, 230, seed=10)))
            put("healthy", "healthy2.jpg", on_white(noise(240, 230, seed=10)))  # a copy
            put("healthy", "healthy3.jpg", on_white(noise(250, 140, seed=11)))  # not square
            put("healthy", "healthy4.jpg", on_white(noise(100, 100, seed=12)))
            put("healthy", "healthy5.jpg", on_white(noise(250, 40, seed=13)))  # a strip
            put("coccidiosis", "coccidiosis1.jpg", noise(250, 250, seed=14))
            put("coccidiosis", "coccidiosis2.jpg", noise(250, 250, seed=15))
            put("newcastle-disease", "newcastle-disease1.jpg", noise(250, 250, seed=15))  # in two classes
            with open(os.path.join(dataset, "newcastle-disease", "broken.jpg"), "wb") as f:
                f.write(b"no picture")
            with open(os.path.join(dataset, "healthy", "disease_info.json"), "w") as f:
                f.write("{}")

            kept, out = poultry4.read(dataset)
            self.assertEqual(sorted(k[1] for k in kept), ["coccidiosis1", "healthy1", "healthy3"])
            self.assertEqual(dict(out), {"copy": 2, "in two classes": 1, "small": 2, "not readable": 1})
            target = poultry4.derive(root)
            files = {os.path.join(os.path.basename(d), f) for d, _, fs in os.walk(target) for f in fs}
            self.assertEqual(files, {"coccidiosis/coccidiosis1.png", "healthy/healthy1.png"})
            self.assertEqual(poultry4.derive(root), target)  # a second time: what is there stays


if __name__ == "__main__":
    unittest.main()
