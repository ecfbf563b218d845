CREATE INDEX document_body ON document(body);
CREATE INDEX body_parent ON body(parent);
CREATE INDEX statement_subject ON statement(subject, predicate, object);
CREATE INDEX action_actor ON action(actor);
CREATE INDEX cites_subject ON cites(subject, object);
CREATE INDEX party_body ON party(body);
