/** What is understood, by the names that versions of NumPy, pandas and pyarrow have given it. */
export const KNOWN = new Map<string, string>([
  ...both('numpy', ['core.multiarray._reconstruct', '_core.multiarray._reconstruct'], 'reconstruct'),
  ...both('numpy', ['core.multiarray.scalar', '_core.multiarray.scalar'], 'scalar'),
  ...both('numpy', ['core.numeric._frombuffer', '_core.numeric._frombuffer'], 'frombuffer'),
  ['numpy.ndarray', 'ndarray'],
  ['numpy.dtype', 'dtype'],
  ['_codecs.encode', 'encode'],
  ['copyreg._reconstructor', 'reconstructor'],
  ['copy_reg._reconstructor', 'reconstructor'],
  ['collections.OrderedDict', 'dict'],
  ...['builtins', '__builtin__'].flatMap((module) =>
    both(module, [
      'object',
      'list',
      'dict',
      'tuple',
      'set',
      'frozenset',
      'bytearray',
      'bytes',
      'slice',
      'str',
      'int',
      'float',
    ]),
  ),
  ...both('pandas', ['DataFrame', 'core.frame.DataFrame'], 'DataFrame'),
  ['pandas.core.internals.managers.BlockManager', 'BlockManager'],
  ['pandas._libs.internals._unpickle_block', 'block'],
  ['pandas.core.indexes.base._new_Index', 'index'],
  ...both('pandas', ['Index', 'core.indexes.base.Index', 'core.indexes.numeric.Int64Index'], 'Index'),
  ...both('pandas', ['RangeIndex', 'core.indexes.range.RangeIndex'], 'RangeIndex'),
  ...both('pandas', ['StringDtype', 'core.arrays.string_.StringDtype'], 'StringDtype'),
  ...both(
    'pandas',
    [
      'arrays.ArrowStringArray',
      'core.arrays.string_arrow.ArrowStringArray',
      'core.arrays.string_arrow.ArrowStringArrayNumpySemantics',
    ],
    'ArrowStringArray',
  ),
  ['pyarrow.lib._restore_array', 'arrow'],
  ['pyarrow.lib.type_for_alias', 'arrowType'],
  ['pyarrow.lib.py_buffer', 'arrowBuffer'],
]);

/** Several names within a module for one thing, called after their last part when `as` is missing. */
function both(module: string, names: readonly string[], as?: string): [string, string][] {
  return names.map((name) => [`${module}.${name}`, as ?? name]);
}
