"""Completing a contract: the certificate before it is final, its key dates, and what a signing service needs."""
