names({{ view.rows | tojson }});
