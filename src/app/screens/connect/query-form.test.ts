import { expect, it } from 'vitest';
import { queryOf } from './query-form';

const fields = {
  url: 'https://es',
  index: ' rays ',
  text: '',
  dateField: '',
  from: '',
  to: '',
  terms: [],
  imageField: 'image',
  columns: null,
};

it('asks for everything when nothing is filled in', () => {
  expect(queryOf(fields)).toEqual({
    url: 'https://es',
    index: 'rays',
    query: '',
    dates: null,
    terms: [],
    imageField: 'image',
  });
});

it('takes whole days, both included, and leaves out what is half filled in', () => {
  const dates = { ...fields, dateField: 'taken', from: '2024-02-28', to: '2024-02-29' };
  expect(queryOf(dates).dates).toEqual({
    field: 'taken',
    from: Date.UTC(2024, 1, 28),
    to: Date.UTC(2024, 2, 1) - 1,
  });
  expect(queryOf({ ...dates, to: '' }).dates).toMatchObject({ to: null });
  expect(queryOf({ ...fields, from: '2024-02-28' }).dates).toBeNull();
  expect(queryOf({ ...fields, dateField: 'taken' }).dates).toBeNull();
  const terms = [
    { field: 'a', values: ' x, ,y ' },
    { field: '', values: 'z' },
    { field: 'b', values: ' ' },
  ];
  expect(queryOf({ ...fields, terms }).terms).toEqual([{ field: 'a', values: ['x', 'y'] }]);
});

it('reads a query as words or, when it begins with a brace, as JSON, whole bodies too', () => {
  expect(queryOf({ ...fields, text: 'a AND b' }).query).toBe('a AND b');
  expect(queryOf({ ...fields, text: ' {"term": {"a": 1}}' }).query).toEqual({ term: { a: 1 } });
  const body = '{"query": {"match_all": {}}, "size": 3}';
  expect(queryOf({ ...fields, text: body }).query).toEqual({ match_all: {} });
  expect(() => queryOf({ ...fields, text: '{"term": ' })).toThrow(SyntaxError);
});
