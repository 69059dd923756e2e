namespace GeoOffer.Query;
