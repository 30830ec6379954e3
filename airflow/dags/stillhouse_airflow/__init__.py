"""What the DAGs of Stillhouse are made of: an operator that runs a stage, and the gate that judges a report."""
