SELECT d.iri AS document, c.count AS degree FROM counted c JOIN document d ON d.id = c.document WHERE c.what = 'linked'
ORDER BY degree DESC, d.label, d.iri
