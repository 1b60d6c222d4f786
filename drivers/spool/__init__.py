"""Durable print queue, one file for each printer: each job survives its program, has one outcome, and is not printed twice."""
