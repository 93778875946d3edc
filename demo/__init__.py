"""The fictional 衡川集团: a company to try the product on. Top of the house; nothing imports it; acts only with EHR_DEMO=1."""
