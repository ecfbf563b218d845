-- `answered` holds the rows of what is asked of all documents at once; in `party` is a body, or 0 and the name of a group;
-- `reach` what is below the directives that many carry out (see `reach.py`), `changed` what is said otherwise than in the generation
-- before (see `differing.py`), `counted` what is counted of each thing (see `counted.py`), `tasks_due`
-- how many tasks are due when (see `tasks_due.py`), where "" is nothing.
CREATE TABLE document(id INTEGER PRIMARY KEY, iri TEXT, label TEXT, type TEXT, number TEXT, symbol TEXT, code TEXT, year TEXT, date TEXT,
  issuer TEXT, body INTEGER, title TEXT, level TEXT, scope TEXT, month TEXT, why TEXT,
  code_key TEXT, number_key TEXT, label_key TEXT, title_key TEXT);
CREATE TABLE body(id INTEGER PRIMARY KEY, iri TEXT, name TEXT, parent INTEGER, parent_iri TEXT, level TEXT, branch TEXT, scope TEXT);
CREATE TABLE source(id INTEGER PRIMARY KEY, iri TEXT, path TEXT, sha256 TEXT, encoding TEXT);
CREATE TABLE own(document INTEGER, source INTEGER, PRIMARY KEY(document, source)) WITHOUT ROWID;
CREATE TABLE told(document INTEGER, what TEXT, value TEXT, PRIMARY KEY(document, what, value)) WITHOUT ROWID;
CREATE TABLE sentence(id INTEGER PRIMARY KEY, source INTEGER, line INTEGER, page INTEGER, row INTEGER, begins INTEGER, ends INTEGER,
  footnote TEXT, provision TEXT, clause TEXT, text TEXT);
CREATE TABLE mention(means INTEGER, id INTEGER, sentence INTEGER, entry INTEGER, date TEXT, issuer INTEGER,
  start INTEGER, "end" INTEGER, text TEXT, PRIMARY KEY(means, id)) WITHOUT ROWID;
CREATE TABLE cites(object INTEGER, subject INTEGER, id INTEGER, sentence INTEGER, PRIMARY KEY(object, subject, id)) WITHOUT ROWID;
CREATE TABLE statement(object INTEGER, predicate TEXT, subject INTEGER, id INTEGER, certainty TEXT, start INTEGER, "end" INTEGER,
  sentence INTEGER, text TEXT, PRIMARY KEY(object, predicate, subject, id)) WITHOUT ROWID;
CREATE TABLE action(document INTEGER, id INTEGER, action TEXT, actor INTEGER, stated TEXT, "trigger" TEXT, sentence INTEGER,
  PRIMARY KEY(document, id)) WITHOUT ROWID;
CREATE TABLE task(id INTEGER PRIMARY KEY, iri TEXT, document INTEGER, text TEXT, deadline TEXT, deadline_text TEXT, due TEXT, rule TEXT,
  sentence INTEGER);
CREATE TABLE about(document INTEGER, task INTEGER, PRIMARY KEY(document, task)) WITHOUT ROWID;
CREATE TABLE party(task INTEGER, role TEXT, body INTEGER, name TEXT, PRIMARY KEY(task, role, body, name)) WITHOUT ROWID;
CREATE TABLE answered(question TEXT, place INTEGER, row TEXT, PRIMARY KEY(question, place)) WITHOUT ROWID;
CREATE TABLE candidate(document INTEGER, other INTEGER, PRIMARY KEY(document, other)) WITHOUT ROWID;
CREATE TABLE force(document INTEGER, id INTEGER, kind TEXT, date TEXT, until TEXT, until_text TEXT, text TEXT, start INTEGER, "end" INTEGER,
  said_by INTEGER, sentence INTEGER, iri TEXT, PRIMARY KEY(document, id)) WITHOUT ROWID;
CREATE TABLE scope(event INTEGER, what TEXT, value TEXT, PRIMARY KEY(event, what, value)) WITHOUT ROWID;
CREATE TABLE amendment(document INTEGER, id INTEGER, operation TEXT, said_by INTEGER, old TEXT, new TEXT, since TEXT, text TEXT,
  start INTEGER, "end" INTEGER, sentence INTEGER, iri TEXT, PRIMARY KEY(document, id)) WITHOUT ROWID;
CREATE TABLE reach(directive INTEGER PRIMARY KEY, told BLOB);
-- Who issued what: a joint document has a row for each of its bodies.
CREATE VIEW issued(document, body) AS SELECT id, body FROM document WHERE body IS NOT NULL
  UNION ALL SELECT t.document, b.id FROM told t JOIN body b ON b.iri = t.value WHERE t.what = 'jointIssuer';
CREATE TABLE changed(place INTEGER PRIMARY KEY, kind TEXT, new INTEGER, document INTEGER, other INTEGER, bodies TEXT, told TEXT);
CREATE TABLE counted(document INTEGER, what TEXT, count INTEGER, PRIMARY KEY(document, what)) WITHOUT ROWID;
CREATE TABLE tasks_due(role TEXT, body INTEGER, name TEXT, due TEXT, deadline TEXT, date TEXT, count INTEGER,
  PRIMARY KEY(role, body, name, due, deadline, date)) WITHOUT ROWID;
