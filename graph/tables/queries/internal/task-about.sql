SELECT t.iri AS task, d.iri AS directive FROM about a JOIN task t ON t.id = a.task JOIN document d ON d.id = a.document
ORDER BY t.iri, d.iri
